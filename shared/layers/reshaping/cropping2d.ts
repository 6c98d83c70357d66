// Cropping2D: an image without its edges.

import { borderField, remaining, sidesOfKeras, sidesToKeras, sidesWords } from './borders.ts';
import { inputOfRank, layer } from '../layer.ts';
import { imageWords } from '../windows.ts';

export const cropping2d = layer({
  id: 'cropping2d',
  title: 'Cropping2D',
  family: 'core',
  group: 'reshaping',
  help: {
    text: 'Cuts rows and columns off the edges of an image, for example so that a skip connection meets what convolutions have made smaller.',
    formula: 'y = x[top … rows − bottom, left … columns − right]',
    source: 'https://keras.io/api/layers/reshaping_layers/cropping2d/',
  },
  synonyms: ['crop', 'cut', 'trim', 'image'],
  fields: {
    top: borderField('Top', 'rows are cut off at the top', 0),
    bottom: borderField('Bottom', 'rows are cut off at the bottom', 0),
    left: borderField('Left', 'columns are cut off on the left', 0),
    right: borderField('Right', 'columns are cut off on the right', 0),
  },
  inputs: 1,
  naturalRank: 3,
  describe: sidesWords,
  lower({ builder }, inputs, p) {
    const input = inputOfRank(inputs, 3, imageWords, 'It works at the edges of an image, so it must know what rows and columns are.');
    const nothing = { label: 'Cut nothing', parameters: { top: 0, bottom: 0, left: 0, right: 0 } };
    const rows = remaining(input, 1, p.top + p.bottom, 'rows', nothing);
    const columns = remaining(input, 2, p.left + p.right, 'columns', nothing);
    return builder.slice(input, { begin: [0, p.top, p.left, 0], size: [input.shape[0] as number, rows, columns, input.shape[3] as number] });
  },
  keras: { className: 'Cropping2D', extra: { data_format: 'channels_last' }, toConfig: sidesToKeras('cropping'), fromConfig: sidesOfKeras('cropping') },
});
