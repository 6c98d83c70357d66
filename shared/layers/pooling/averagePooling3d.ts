// AveragePooling3D: of every window of a volume, the mean.

import { layer } from '../layer.ts';
import { describeVolumePooling, poolVolume, volumePoolingFields, volumePoolingKeras } from '../volumes.ts';

export const averagePooling3d = layer({
  id: 'averagePooling3d',
  title: 'AveragePooling3D',
  family: 'pooling',
  sight: 'window',
  help: {
    text: 'Takes the mean of every window, channel by channel. The volume shrinks and becomes smoother.',
    formula: 'y = mean(window)',
    source: 'https://keras.io/api/layers/pooling_layers/average_pooling3d/',
  },
  synonyms: ['pool', 'downsample', 'subsampling', 'volume', 'video'],
  fields: volumePoolingFields,
  inputs: 1,
  naturalRank: 4,
  describe: describeVolumePooling,
  lower: ({ builder }, inputs, p) => poolVolume(builder, inputs, p, (image, attributes) => builder.averagePool2d(image, attributes)),
  keras: { className: 'AveragePooling3D', ...volumePoolingKeras },
});
