// GlobalAveragePooling3D: of every channel, the mean over the whole volume.

import { boolean } from '../../lib/fields.ts';
import { inputOfRank, layer } from '../layer.ts';
import { volumeWhy, volumeWords } from '../volumes.ts';

export const globalAveragePooling3d = layer({
  id: 'globalAveragePooling3d',
  title: 'GlobalAveragePooling3D',
  family: 'pooling',
  sight: 'all',
  help: {
    text: 'Reduces every channel to its mean over the whole volume: how strongly a pattern appears on the whole.',
    formula: 'y_c = mean over depth, rows and columns of x_c',
    source: 'https://keras.io/api/layers/pooling_layers/global_average_pooling3d/',
  },
  synonyms: ['pool', 'volume', 'video'],
  fields: {
    keepdims: boolean({ label: 'Keep axes', help: 'Keeps depth, rows and columns as axes of size 1.', default: false, level: 'advanced' }),
  },
  inputs: 1,
  naturalRank: 4,
  describe: (p) => (p.keepdims ? '1 × 1 × 1 volume' : 'mean of each channel'),
  lower: ({ builder }, inputs, p) => builder.reduceMean(inputOfRank(inputs, 4, volumeWords, volumeWhy), { axes: [1, 2, 3], keepDims: p.keepdims }),
  keras: { className: 'GlobalAveragePooling3D', extra: { data_format: 'channels_last' } },
});
