// Hard SiLU, also known as hard swish: x times its hard sigmoid. Howard et al., 2019.

import type { Activation } from './activation.ts';
import { hardSigmoid } from './hardSigmoid.ts';

export const hardSilu: Activation = {
  id: 'hardSilu',
  title: 'hard SiLU',
  kerasAliases: ['hard_swish'],
  formula: 'x · hard_sigmoid(x)',
  help: 'SiLU made of straight lines and a parabola, for small devices; known from MobileNetV3.',
  lower: (builder, x) => builder.multiply(x, hardSigmoid.lower(builder, x)),
};
