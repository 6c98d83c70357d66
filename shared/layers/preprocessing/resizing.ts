// Resizing: images of another size. Keras' padding to proportions is not built.

import { boolean, choice } from '../../lib/fields.ts';
import { imagesOf } from './augmenting.ts';
import { frameFields, inProportion, resizedTo } from './frames.ts';
import { layer } from '../layer.ts';
import { pairWords } from '../windows.ts';

export const resizing = layer({
  id: 'resizing',
  title: 'Resizing',
  family: 'core',
  group: 'images',
  help: {
    text: 'Makes images larger or smaller, to a size the layers behind it expect. “bilinear” blends between neighbouring pixels, “nearest” takes the nearest one, the others draw curves. It learns nothing.',
    formula: 'y[i, j] = x at ((i + ½) · rows / height − ½, (j + ½) · columns / width − ½)',
    source: 'https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/',
  },
  synonyms: ['preprocessing', 'resize', 'scale', 'shrink', 'enlarge', 'image', 'interpolation'],
  fields: {
    ...frameFields,
    interpolation: choice({
      label: 'Interpolation',
      help: 'What stands between the old pixels.',
      choices: [
        { value: 'bilinear', label: 'bilinear', help: 'A straight line between the nearest old pixels.' },
        { value: 'nearest', label: 'nearest', help: 'The value of the nearest old pixel.' },
        { value: 'bicubic', label: 'bicubic', help: 'A curve through four old pixels: sharper, and may go a little beyond them.' },
        { value: 'lanczos3', label: 'lanczos3', help: 'A curve through six old pixels.' },
        { value: 'lanczos5', label: 'lanczos5', help: 'A curve through ten old pixels.' },
      ],
      default: 'bilinear',
    }),
    antialias: boolean({
      label: 'Antialias',
      help: 'Takes all old pixels in where an image becomes smaller, so that fine patterns do not flicker.',
      default: false,
      level: 'advanced',
    }),
    cropToAspectRatio: boolean({
      label: 'Keep proportions',
      help: 'Cuts off what is too much on two sides before, so that nothing is stretched.',
      default: false,
      level: 'advanced',
    }),
  },
  inputs: 1,
  naturalRank: 3,
  describe: (p) => `${pairWords([p.height, p.width])} · ${p.interpolation}`,
  lower({ builder }, inputs, p) {
    const images = imagesOf(inputs);
    return resizedTo(builder, p.cropToAspectRatio ? inProportion(builder, images, p) : images, p, p.interpolation, p.antialias);
  },
  keras: {
    className: 'Resizing',
    extra: { data_format: 'channels_last', pad_to_aspect_ratio: false, fill_mode: 'constant', fill_value: 0 },
  },
});
