// GlobalAveragePooling2D: of every channel, the mean over the whole image.

import { boolean } from '../../lib/fields.ts';
import { inputOfRank, layer } from '../layer.ts';
import { imageWhy, imageWords } from '../windows.ts';

export const globalAveragePooling2d = layer({
  id: 'globalAveragePooling2d',
  title: 'GlobalAveragePooling2D',
  family: 'pooling',
  sight: 'all',
  help: {
    text: 'Reduces every channel to its mean over the whole image: how strongly a pattern appears at all. Often stands between the convolutions and the last layer, in place of Flatten.',
    formula: 'y_c = mean over rows and columns of x_c',
    source: 'https://keras.io/api/layers/pooling_layers/global_average_pooling2d/',
  },
  synonyms: ['pool', 'mean', 'gap'],
  fields: {
    keepdims: boolean({ label: 'Keep axes', help: 'Keeps rows and columns as axes of size 1.', default: false, level: 'advanced' }),
  },
  inputs: 1,
  naturalRank: 3,
  describe: (p) => (p.keepdims ? '1 × 1 image' : 'mean of each channel'),
  lower(context, inputs, p) {
    const input = inputOfRank(inputs, 3, imageWords, imageWhy);
    return context.builder.reduceMean(input, { axes: [1, 2], keepDims: p.keepdims });
  },
  keras: { className: 'GlobalAveragePooling2D', extra: { data_format: 'channels_last' } },
});
