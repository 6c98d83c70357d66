// GlobalMaxPooling2D: of every channel, the largest value over the whole image.

import { boolean } from '../../lib/fields.ts';
import { inputOfRank, layer } from '../layer.ts';
import { imageWhy, imageWords } from '../windows.ts';

export const globalMaxPooling2d = layer({
  id: 'globalMaxPooling2d',
  title: 'GlobalMaxPooling2D',
  family: 'pooling',
  sight: 'all',
  help: {
    text: 'Reduces every channel to its largest value over the whole image: whether a pattern appears at all, wherever that is.',
    formula: 'y_c = max over rows and columns of x_c',
    source: 'https://keras.io/api/layers/pooling_layers/global_max_pooling2d/',
  },
  synonyms: ['pool', 'maximum'],
  fields: {
    keepdims: boolean({ label: 'Keep axes', help: 'Keeps rows and columns as axes of size 1.', default: false, level: 'advanced' }),
  },
  inputs: 1,
  naturalRank: 3,
  describe: (p) => (p.keepdims ? '1 × 1 image' : 'largest of each channel'),
  lower({ builder }, inputs, p) {
    const input = inputOfRank(inputs, 3, imageWords, imageWhy);
    return builder.reduceMax(input, { axes: [1, 2], keepDims: p.keepdims });
  },
  keras: { className: 'GlobalMaxPooling2D', extra: { data_format: 'channels_last' } },
});
