// SpatialDropout2D: a whole channel of an image is silenced at random while training.

import { inputOfRank, layer } from '../layer.ts';
import { dropped, rateField } from './noise.ts';
import { imageWords } from '../windows.ts';

export const spatialDropout2d = layer({
  id: 'spatialDropout2d',
  title: 'SpatialDropout2D',
  family: 'regularization',
  sight: 'place',
  help: {
    text: 'Like Dropout, but drops channels as a whole, over the whole image. Neighbouring values are alike, so dropping single ones would hide little; here what a channel says is really missing. When predicting it does nothing.',
    formula: 'y = x · mask / (1 − rate), one mask value for each channel',
    source: 'https://keras.io/api/layers/regularization_layers/spatial_dropout2d/',
  },
  synonyms: ['regularization', 'overfitting', 'image', 'channels'],
  fields: { rate: rateField('The share of channels that is dropped.', 0.5) },
  inputs: 1,
  masking: 'keeps',
  naturalRank: 3,
  describe: (p) => `rate ${p.rate}`,
  lower(context, inputs, p) {
    const input = inputOfRank(inputs, 3, imageWords, 'It silences whole channels, so it must know which they are.');
    return context.training && p.rate > 0 ? dropped(context, input, [input.shape[0] as number, 1, 1, input.shape[3] as number], p.rate) : input;
  },
  keras: { className: 'SpatialDropout2D', extra: { data_format: 'channels_last' } },
});
