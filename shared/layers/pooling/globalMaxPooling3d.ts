// GlobalMaxPooling3D: of every channel, the largest value over the whole volume.

import { boolean } from '../../lib/fields.ts';
import { inputOfRank, layer } from '../layer.ts';
import { volumeWhy, volumeWords } from '../volumes.ts';

export const globalMaxPooling3d = layer({
  id: 'globalMaxPooling3d',
  title: 'GlobalMaxPooling3D',
  family: 'pooling',
  sight: 'all',
  help: {
    text: 'Reduces every channel to its largest value over the whole volume: whether a pattern appears at all, wherever that is.',
    formula: 'y_c = max over depth, rows and columns of x_c',
    source: 'https://keras.io/api/layers/pooling_layers/global_max_pooling3d/',
  },
  synonyms: ['pool', 'volume', 'video'],
  fields: {
    keepdims: boolean({ label: 'Keep axes', help: 'Keeps depth, rows and columns as axes of size 1.', default: false, level: 'advanced' }),
  },
  inputs: 1,
  naturalRank: 4,
  describe: (p) => (p.keepdims ? '1 × 1 × 1 volume' : 'largest of each channel'),
  lower: ({ builder }, inputs, p) => builder.reduceMax(inputOfRank(inputs, 4, volumeWords, volumeWhy), { axes: [1, 2, 3], keepDims: p.keepdims }),
  keras: { className: 'GlobalMaxPooling3D', extra: { data_format: 'channels_last' } },
});
