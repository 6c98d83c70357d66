// GaussianDropout: values are multiplied by random numbers around 1 while training.

import { number } from '../../lib/fields.ts';
import { layer, only } from '../layer.ts';

export const gaussianDropout = layer({
  id: 'gaussianDropout',
  title: 'GaussianDropout',
  family: 'regularization',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'While training, multiplies every value by a random number around 1, as uncertain as Dropout of the same rate would make it. Nothing falls away completely, and the mean stays the same. When predicting it does nothing.',
    formula: 'y = x · noise, noise ~ N(1, rate / (1 − rate))',
    source: 'https://keras.io/api/layers/regularization_layers/gaussian_dropout/',
  },
  synonyms: ['regularization', 'overfitting', 'multiplicative noise'],
  fields: { rate: number({ label: 'Rate', help: 'As for Dropout: the larger, the stronger the noise.', min: 0, max: 0.999, sliderMax: 0.9, default: 0.5 }) },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => `rate ${p.rate}`,
  lower(context, inputs, p) {
    const input = only(inputs);
    if (!context.training || p.rate === 0) return input;
    const { builder } = context;
    const spread = builder.multiply(context.random('normal', input.shape), builder.constant(Math.sqrt(p.rate / (1 - p.rate))));
    return builder.multiply(input, builder.add(spread, builder.constant(1)));
  },
  keras: { className: 'GaussianDropout' },
});
