// SpatialDropout1D: a feature over all steps of a sequence is silenced at random while training.

import { inputOfRank, layer } from '../layer.ts';
import { dropped, rateField } from './noise.ts';
import { sequenceWords } from '../steps.ts';

export const spatialDropout1d = layer({
  id: 'spatialDropout1d',
  title: 'SpatialDropout1D',
  family: 'regularization',
  sight: 'place',
  help: {
    text: 'Like Dropout, but drops features as a whole, over all steps. Neighbouring values are alike, so dropping single ones would hide little; here what a feature says is really missing. When predicting it does nothing.',
    formula: 'y = x · mask / (1 − rate), one mask value for each feature',
    source: 'https://keras.io/api/layers/regularization_layers/spatial_dropout1d/',
  },
  synonyms: ['regularization', 'overfitting', 'sequence', 'features'],
  fields: { rate: rateField('The share of features that is dropped.', 0.5) },
  inputs: 1,
  masking: 'keeps',
  naturalRank: 2,
  describe: (p) => `rate ${p.rate}`,
  lower(context, inputs, p) {
    const input = inputOfRank(inputs, 2, sequenceWords, 'It silences features over all steps, so it must know which are which.');
    return context.training && p.rate > 0 ? dropped(context, input, [input.shape[0] as number, 1, input.shape[2] as number], p.rate) : input;
  },
  keras: { className: 'SpatialDropout1D' },
});
