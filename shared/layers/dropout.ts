// Dropout: some values are silenced at random while training.

import { number } from '../lib/fields.ts';
import { layer, only } from './layer.ts';

export const dropout = layer({
  id: 'dropout',
  title: 'Dropout',
  family: 'regularization',
  help: {
    text: 'While training, sets a random share of the values to 0 and enlarges the others so that their sum stays the same on average. No unit can rely on a single other one, which works against memorizing. When predicting it does nothing.',
    formula: 'y = x · mask / (1 − rate), each mask value 0 with probability rate',
    source: 'https://keras.io/api/layers/regularization_layers/dropout/',
  },
  synonyms: ['regularization', 'overfitting', 'noise'],
  fields: {
    rate: number({ label: 'Rate', help: 'The share of values that is dropped.', min: 0, max: 1, sliderMax: 0.9, default: 0.5 }),
  },
  inputs: 1,
  describe: (p) => `rate ${p.rate}`,
  lower(context, inputs, p) {
    const input = only(inputs);
    if (!context.training || p.rate === 0) return input;
    const { builder } = context;
    const kept = builder.greaterEqual(context.random('uniform', input.shape), builder.constant(p.rate));
    const scale = p.rate < 1 ? 1 / (1 - p.rate) : 0;
    return builder.multiply(input, builder.multiply(builder.cast(kept, { dtype: 'float32' }), builder.constant(scale)));
  },
  keras: { className: 'Dropout' },
});
