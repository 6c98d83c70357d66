// ZeroPadding2D: zeros around an image.

import { borderField, sidesOfKeras, sidesToKeras, sidesWords } from './borders.ts';
import { inputOfRank, layer } from '../layer.ts';
import { imageWords } from '../windows.ts';

export const zeroPadding2d = layer({
  id: 'zeroPadding2d',
  title: 'ZeroPadding2D',
  family: 'core',
  group: 'reshaping',
  help: {
    text: 'Puts rows and columns of zeros around an image, for example so that a convolution after it keeps its size, or so that two sizes fit each other.',
    formula: 'y = x with a border of zeros',
    source: 'https://keras.io/api/layers/reshaping_layers/zero_padding2d/',
  },
  synonyms: ['pad', 'border', 'image'],
  fields: {
    top: borderField('Top', 'rows of zeros are added above', 1),
    bottom: borderField('Bottom', 'rows of zeros are added below', 1),
    left: borderField('Left', 'columns of zeros are added on the left', 1),
    right: borderField('Right', 'columns of zeros are added on the right', 1),
  },
  inputs: 1,
  naturalRank: 3,
  describe: sidesWords,
  lower({ builder }, inputs, p) {
    const input = inputOfRank(inputs, 3, imageWords, 'It works at the edges of an image, so it must know what rows and columns are.');
    return builder.pad(input, { before: [0, p.top, p.left, 0], after: [0, p.bottom, p.right, 0] });
  },
  keras: { className: 'ZeroPadding2D', extra: { data_format: 'channels_last' }, toConfig: sidesToKeras('padding'), fromConfig: sidesOfKeras('padding') },
});
