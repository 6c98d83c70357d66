// Linear: no activation at all.

import type { Activation } from './activation.ts';

export const linear: Activation = {
  id: 'linear',
  title: 'linear',
  formula: 'x',
  help: 'Leaves the value as it is. Right for the output of a regression; hidden layers with it add nothing a single layer could not do.',
  lower: (_builder, x) => x,
};
