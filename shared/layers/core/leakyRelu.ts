// LeakyReLU: a ReLU with a small slope below 0.

import { number } from '../../lib/fields.ts';
import { leak } from '../activations/pieces.ts';
import { layer, only } from '../layer.ts';

export const leakyRelu = layer({
  id: 'leakyRelu',
  title: 'LeakyReLU',
  family: 'core',
  group: 'activations',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Like ReLU, but values below 0 keep a small part of themselves instead of becoming 0. So a unit whose input is negative still learns.',
    formula: 'y = x if x > 0, negative_slope · x otherwise',
    source: 'https://keras.io/api/layers/activation_layers/leaky_relu/',
  },
  synonyms: ['activation', 'nonlinearity', 'relu'],
  fields: {
    negativeSlope: number({ label: 'Negative slope', help: 'What a value below 0 is multiplied by.', min: 0, max: 100, sliderMax: 1, default: 0.3 }),
  },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => `slope ${p.negativeSlope} below 0`,
  lower: (context, inputs, p) => leak(context.builder, only(inputs), p.negativeSlope),
  keras: { className: 'LeakyReLU', formerly: { alpha: 'negative_slope' } },
});
