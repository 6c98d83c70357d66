// SELU: an ELU scaled so that layers normalize themselves. Klambauer et al., 2017.

import type { Activation } from './activation.ts';
import { seluAlpha, seluScale } from './pieces.ts';

export const selu: Activation = {
  id: 'selu',
  title: 'SELU',
  formula: '1.0507 · x if x > 0, 1.7581 · (e^x − 1) otherwise',
  help: 'Keeps mean 0 and variance 1 through many dense layers by itself. Needs the LeCun normal initializer, and AlphaDropout in place of Dropout.',
  lower(builder, x) {
    // Written with the part below 0, so that the slope at 0 is that of the upper branch, as in TensorFlow.
    const below = builder.relu(builder.negate(x));
    const bend = builder.multiply(builder.subtract(builder.exp(builder.negate(below)), builder.constant(1)), builder.constant(seluAlpha));
    return builder.multiply(builder.add(builder.add(x, below), bend), builder.constant(seluScale));
  },
};
