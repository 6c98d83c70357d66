// AveragePooling2D: of every window, the mean.

import { layer } from '../layer.ts';
import { describePooling, poolingFields, poolingKeras, poolingOf } from './pooling.ts';

export const averagePooling2d = layer({
  id: 'averagePooling2d',
  title: 'AveragePooling2D',
  family: 'pooling',
  sight: 'window',
  help: {
    text: 'Replaces every window by its mean, channel by channel. Smoother than taking the largest value; zeros added at the border do not count.',
    formula: 'y = mean(window)',
    source: 'https://keras.io/api/layers/pooling_layers/average_pooling2d/',
  },
  synonyms: ['pool', 'mean', 'downsample', 'subsampling'],
  fields: poolingFields,
  inputs: 1,
  naturalRank: 3,
  describe: describePooling,
  lower(context, inputs, p) {
    const { input, attributes } = poolingOf(inputs, p);
    return context.builder.averagePool2d(input, attributes);
  },
  keras: { className: 'AveragePooling2D', ...poolingKeras },
});
