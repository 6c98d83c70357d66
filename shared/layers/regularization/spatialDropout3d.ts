// SpatialDropout3D: a whole channel of a volume is silenced at random while training.

import { inputOfRank, layer } from '../layer.ts';
import { dropped, rateField } from './noise.ts';
import { volumeWords } from '../volumes.ts';

export const spatialDropout3d = layer({
  id: 'spatialDropout3d',
  title: 'SpatialDropout3D',
  family: 'regularization',
  sight: 'place',
  help: {
    text: 'Like Dropout, but drops channels as a whole, over the whole volume. Neighbouring values are alike, so dropping single ones would hide little; here what a channel says is really missing. When predicting it does nothing.',
    formula: 'y = x · mask / (1 − rate), one mask value for each channel',
    source: 'https://keras.io/api/layers/regularization_layers/spatial_dropout3d/',
  },
  synonyms: ['regularization', 'overfitting', 'volume', 'channels'],
  fields: { rate: rateField('The share of channels that is dropped.', 0.5) },
  inputs: 1,
  masking: 'keeps',
  naturalRank: 4,
  describe: (p) => `rate ${p.rate}`,
  lower(context, inputs, p) {
    const input = inputOfRank(inputs, 4, volumeWords, 'It silences whole channels, so it must know which they are.');
    return context.training && p.rate > 0 ? dropped(context, input, [input.shape[0] as number, 1, 1, 1, input.shape[4] as number], p.rate) : input;
  },
  keras: { className: 'SpatialDropout3D', extra: { data_format: 'channels_last' } },
});
