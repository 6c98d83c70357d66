// Zeros: every number starts at 0.

import { sizeOf } from '../../tensor/types.ts';
import type { Initializer } from './initializer.ts';

export const zeros: Initializer = {
  id: 'zeros',
  title: 'Zeros',
  keras: 'Zeros',
  kerasConfig: {},
  help: 'Starts at 0. Right for biases; a kernel of zeros never learns, because all its units stay equal.',
  create: (shape) => new Float32Array(sizeOf(shape)),
};
