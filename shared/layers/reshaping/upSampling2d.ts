// UpSampling2D: a larger image, by repeating rows and columns or by blending between them.

import { choice, pair } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { blended, repeated } from './enlarge.ts';
import { inputOfRank, layer } from '../layer.ts';
import { imageWords, pairWords } from '../windows.ts';

export const upSampling2d = layer({
  id: 'upSampling2d',
  title: 'UpSampling2D',
  family: 'core',
  group: 'reshaping',
  help: {
    text: 'Makes an image larger: “nearest” repeats every row and column, “bilinear” blends between neighbours. In a decoder or a U-Net it undoes the shrinking of a pooling layer; it learns nothing, unlike Conv2DTranspose.',
    formula: 'y[i, j] = x[⌊i / size⌋, ⌊j / size⌋]  (nearest)',
    source: 'https://keras.io/api/layers/reshaping_layers/up_sampling2d/',
  },
  synonyms: ['upsample', 'resize', 'enlarge', 'decoder', 'unet', 'image'],
  fields: {
    size: pair({ label: 'Times', help: 'How often every row and every column is repeated.', min: 1, max: 1000, sliderMax: 8, default: [2, 2] }),
    interpolation: choice({
      label: 'Interpolation',
      help: 'What stands between the old places.',
      choices: [
        { value: 'nearest', label: 'nearest', help: 'The value of the nearest old place.' },
        { value: 'bilinear', label: 'bilinear', help: 'A straight line between the nearest old places.' },
        { value: 'bicubic', label: 'bicubic', help: 'A curve through four old pixels: sharper, and may go a little beyond them.' },
      ],
      default: 'nearest',
      look: 'segments',
    }),
  },
  inputs: 1,
  naturalRank: 3,
  describe: (p) => [`${pairWords(p.size)} times`, p.interpolation].join(' · '),
  lower({ builder }, inputs, p) {
    const input = inputOfRank(inputs, 3, imageWords, 'It makes rows and columns larger, so it must know which they are.');
    const { interpolation } = p;
    const along = (x: Tensor, axis: number, times: number): Tensor =>
      interpolation === 'nearest' ? repeated(builder, x, axis, times) : blended(builder, x, axis, times, interpolation);
    return along(along(input, 1, p.size[0]), 2, p.size[1]);
  },
  keras: { className: 'UpSampling2D', extra: { data_format: 'channels_last' } },
});
