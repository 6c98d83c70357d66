// UpSampling3D: a larger volume, by repeating depth, rows and columns.

import { triple } from '../../lib/fields.ts';
import { sizeWords } from '../convolution/convolving.ts';
import { repeated } from './enlarge.ts';
import { inputOfRank, layer } from '../layer.ts';
import { volumeWords } from '../volumes.ts';

export const upSampling3d = layer({
  id: 'upSampling3d',
  title: 'UpSampling3D',
  family: 'core',
  group: 'reshaping',
  help: {
    text: 'Makes a volume larger by repeating every slice, row and column. In a decoder it undoes the shrinking of a pooling layer; it learns nothing, unlike Conv3DTranspose.',
    formula: 'y[i, j, k] = x[⌊i / size⌋, ⌊j / size⌋, ⌊k / size⌋]',
    source: 'https://keras.io/api/layers/reshaping_layers/up_sampling3d/',
  },
  synonyms: ['upsample', 'resize', 'enlarge', 'decoder', 'unet', 'volume'],
  fields: { size: triple({ label: 'Times', help: 'How often depth, rows and columns are repeated.', min: 1, max: 1000, default: [2, 2, 2] }) },
  inputs: 1,
  naturalRank: 4,
  describe: (p) => `${sizeWords(p.size)} times`,
  lower({ builder }, inputs, p) {
    const input = inputOfRank(inputs, 4, volumeWords, 'It makes depth, rows and columns larger, so it must know which they are.');
    return p.size.reduce((x, times, axis) => repeated(builder, x, axis + 1, times), input);
  },
  keras: { className: 'UpSampling3D', extra: { data_format: 'channels_last' } },
});
