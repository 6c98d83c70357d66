// AlphaDropout: dropout that keeps mean and variance, for SELU. Klambauer et al., 2017.

import { number } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { seluAlpha, seluScale } from '../activations/pieces.ts';
import { type LayerContext, layer, only } from '../layer.ts';
import { keep } from './noise.ts';

export const alphaDropout = layer({
  id: 'alphaDropout',
  title: 'AlphaDropout',
  family: 'regularization',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'The dropout for networks with SELU: while training it sets a random share of the values to SELU’s lowest value instead of 0, then shifts and scales so that mean and variance stay as they were. When predicting it does nothing.',
    formula: 'y = a · (x · mask + α′ · (1 − mask)) + b, α′ = −1.7581',
    source: 'https://keras.io/api/layers/regularization_layers/alpha_dropout/',
  },
  synonyms: ['regularization', 'overfitting', 'selu', 'self-normalizing'],
  fields: { rate: number({ label: 'Rate', help: 'The share of values that is dropped.', min: 0, max: 0.999, sliderMax: 0.9, default: 0.05 }) },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => `rate ${p.rate}`,
  lower(context, inputs, p) {
    const input = only(inputs);
    return context.training && p.rate > 0 ? alphaDropped(context, input, p.rate) : input;
  },
  keras: { className: 'AlphaDropout' },
});

/** The lowest value of SELU. */
const lowest = -seluAlpha * seluScale;

function alphaDropped(context: LayerContext, input: Tensor, rate: number): Tensor {
  const { builder } = context;
  const kept = keep(context, input.shape, rate);
  // Dropped values have the mean rate · lowest and add their share of variance: a and b take both back.
  const a = 1 / Math.sqrt((1 - rate) * (1 + rate * lowest ** 2));
  const b = -a * lowest * rate;
  const mixed = builder.add(builder.multiply(builder.subtract(input, builder.constant(lowest)), kept), builder.constant(lowest));
  return builder.add(builder.multiply(mixed, builder.constant(a)), builder.constant(b));
}
