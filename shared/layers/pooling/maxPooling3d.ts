// MaxPooling3D: of every window of a volume, the largest value.

import { layer } from '../layer.ts';
import { describeVolumePooling, poolVolume, volumePoolingFields, volumePoolingKeras } from '../volumes.ts';

export const maxPooling3d = layer({
  id: 'maxPooling3d',
  title: 'MaxPooling3D',
  family: 'pooling',
  sight: 'window',
  help: {
    text: 'Keeps the largest value of every window, channel by channel. The volume shrinks; what was found stays, its exact place is forgotten.',
    formula: 'y = max(window)',
    source: 'https://keras.io/api/layers/pooling_layers/max_pooling3d/',
  },
  synonyms: ['pool', 'downsample', 'subsampling', 'volume', 'video'],
  fields: volumePoolingFields,
  inputs: 1,
  naturalRank: 4,
  describe: describeVolumePooling,
  lower: ({ builder }, inputs, p) => poolVolume(builder, inputs, p, (image, attributes) => builder.maxPool2d(image, attributes)),
  keras: { className: 'MaxPooling3D', ...volumePoolingKeras },
});
