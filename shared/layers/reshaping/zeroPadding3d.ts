// ZeroPadding3D: zeros around a volume.

import { borderField, faceWords, facesOfKeras, facesToKeras } from './borders.ts';
import { inputOfRank, layer } from '../layer.ts';
import { volumeWords } from '../volumes.ts';

export const zeroPadding3d = layer({
  id: 'zeroPadding3d',
  title: 'ZeroPadding3D',
  family: 'core',
  group: 'reshaping',
  help: {
    text: 'Puts slices, rows and columns of zeros around a volume, for example so that a convolution after it keeps its size.',
    formula: 'y = x with a border of zeros',
    source: 'https://keras.io/api/layers/reshaping_layers/zero_padding3d/',
  },
  synonyms: ['pad', 'border', 'volume'],
  fields: {
    front: borderField('Front', 'slices are added in front', 1),
    back: borderField('Back', 'slices are added at the back', 1),
    top: borderField('Top', 'rows are added at the top', 1),
    bottom: borderField('Bottom', 'rows are added at the bottom', 1),
    left: borderField('Left', 'columns are added on the left', 1),
    right: borderField('Right', 'columns are added on the right', 1),
  },
  inputs: 1,
  naturalRank: 4,
  describe: faceWords,
  lower({ builder }, inputs, p) {
    const input = inputOfRank(inputs, 4, volumeWords, 'It works at the edges of a volume, so it must know what they are.');
    return builder.pad(input, { before: [0, p.front, p.top, p.left, 0], after: [0, p.back, p.bottom, p.right, 0] });
  },
  keras: { className: 'ZeroPadding3D', extra: { data_format: 'channels_last' }, toConfig: facesToKeras('padding'), fromConfig: facesOfKeras('padding') },
});
