// Dropout: some values are silenced at random while training.

import { layer, only } from './layer.ts';
import { dropped, rateField } from './noise.ts';

export const dropout = layer({
  id: 'dropout',
  title: 'Dropout',
  family: 'regularization',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'While training, sets a random share of the values to 0 and enlarges the others so that their sum stays the same on average. No unit can rely on a single other one, which works against memorizing. When predicting it does nothing.',
    formula: 'y = x · mask / (1 − rate), each mask value 0 with probability rate',
    source: 'https://keras.io/api/layers/regularization_layers/dropout/',
  },
  synonyms: ['regularization', 'overfitting', 'noise'],
  fields: { rate: rateField('The share of values that is dropped.', 0.5) },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => `rate ${p.rate}`,
  lower(context, inputs, p) {
    const input = only(inputs);
    return context.training && p.rate > 0 ? dropped(context, input, input.shape, p.rate) : input;
  },
  keras: { className: 'Dropout' },
});
