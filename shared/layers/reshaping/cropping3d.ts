// Cropping3D: the ends cut off a volume.

import { borderField, faceWords, facesOfKeras, facesToKeras, remaining } from './borders.ts';
import { inputOfRank, layer } from '../layer.ts';
import { volumeWords } from '../volumes.ts';

export const cropping3d = layer({
  id: 'cropping3d',
  title: 'Cropping3D',
  family: 'core',
  group: 'reshaping',
  help: {
    text: 'Cuts slices, rows and columns off the ends of a volume, for example so that two sizes fit each other.',
    formula: 'y = x without its border',
    source: 'https://keras.io/api/layers/reshaping_layers/cropping3d/',
  },
  synonyms: ['crop', 'cut', 'border', 'volume'],
  fields: {
    front: borderField('Front', 'slices are cut off in front', 1),
    back: borderField('Back', 'slices are cut off at the back', 1),
    top: borderField('Top', 'rows are cut off at the top', 1),
    bottom: borderField('Bottom', 'rows are cut off at the bottom', 1),
    left: borderField('Left', 'columns are cut off on the left', 1),
    right: borderField('Right', 'columns are cut off on the right', 1),
  },
  inputs: 1,
  naturalRank: 4,
  describe: faceWords,
  lower({ builder }, inputs, p) {
    const input = inputOfRank(inputs, 4, volumeWords, 'It works at the edges of a volume, so it must know what they are.');
    const nothing = { label: 'Cut nothing', parameters: { front: 0, back: 0, top: 0, bottom: 0, left: 0, right: 0 } };
    const depth = remaining(input, 1, p.front + p.back, 'slices', nothing);
    const rows = remaining(input, 2, p.top + p.bottom, 'rows', nothing);
    const columns = remaining(input, 3, p.left + p.right, 'columns', nothing);
    const size = [input.shape[0] as number, depth, rows, columns, input.shape[4] as number];
    return builder.slice(input, { begin: [0, p.front, p.top, p.left, 0], size });
  },
  keras: { className: 'Cropping3D', extra: { data_format: 'channels_last' }, toConfig: facesToKeras('cropping'), fromConfig: facesOfKeras('cropping') },
});
