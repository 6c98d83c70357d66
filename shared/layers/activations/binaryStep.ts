// Binary step: the threshold unit of the perceptron. Has no gradient.

import type { Activation } from './activation.ts';

export const binaryStep: Activation = {
  id: 'binaryStep',
  title: 'binary step',
  keras: null,
  formula: '0 if x < 0, 1 if x ≥ 0',
  help: 'The threshold of the first perceptrons. Its slope is 0 everywhere, so gradient training cannot learn the weights before it: they keep their first values. As the last activation, the loss Perceptron learns past it by the perceptron’s rule.',
  lower: (builder, x) => builder.cast(builder.greaterEqual(x, builder.constant(0)), { dtype: 'float32' }),
};
