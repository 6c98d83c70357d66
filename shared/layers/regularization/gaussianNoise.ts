// GaussianNoise: random numbers are added while training.

import { number } from '../../lib/fields.ts';
import { layer, only } from '../layer.ts';

export const gaussianNoise = layer({
  id: 'gaussianNoise',
  title: 'GaussianNoise',
  family: 'regularization',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'While training, adds to every value a fresh random number from a normal distribution around 0. After the Input it is a simple augmentation: the network sees no sample twice and learns to overlook small changes. When predicting it does nothing.',
    formula: 'y = x + noise, noise ~ N(0, stddev²)',
    source: 'https://keras.io/api/layers/regularization_layers/gaussian_noise/',
  },
  synonyms: ['regularization', 'augmentation', 'denoising', 'overfitting'],
  fields: { stddev: number({ label: 'Standard deviation', help: 'How large the added numbers typically are.', min: 0, max: 1, default: 0.1 }) },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => `stddev ${p.stddev}`,
  lower(context, inputs, p) {
    const input = only(inputs);
    if (!context.training || p.stddev === 0) return input;
    const { builder } = context;
    return builder.add(input, builder.multiply(context.random('normal', input.shape), builder.constant(p.stddev)));
  },
  keras: { className: 'GaussianNoise' },
});
