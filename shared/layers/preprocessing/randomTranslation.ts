// RandomTranslation: images are shifted by a random distance while training.

import { number } from '../../lib/fields.ts';
import { augmentingExtra, bothSides, drawn, imagesOf, lookingFields, onlyInTraining, rangeOfKeras, rangeWords } from './augmenting.ts';
import { layer } from '../layer.ts';
import { affinePlaces, lookedUp } from './pixels.ts';

const share = { min: -1, max: 1 };

export const randomTranslation = layer({
  id: 'randomTranslation',
  title: 'RandomTranslation',
  family: 'core',
  group: 'images',
  help: {
    text: `Shifts every image up or down and left or right by a random share of its size, so that it does not matter where in the picture something is. ${onlyInTraining}`,
    formula: 'y[i, j] = x[i − rows · U(lower, upper), j − columns · U(lower, upper)]',
    source: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_translation/',
  },
  synonyms: ['augmentation', 'shift', 'move', 'image'],
  fields: {
    heightLower: number({ ...share, label: 'Down from', help: 'Shares of the height; below 0 upwards. Keras’ height factor.', default: -0.1 }),
    heightUpper: number({ ...share, label: 'Down to', help: 'Shares of the height; below 0 upwards. Keras’ height factor.', default: 0.1 }),
    widthLower: number({ ...share, label: 'Right from', help: 'Shares of the width; below 0 to the left. Keras’ width factor.', default: -0.1 }),
    widthUpper: number({ ...share, label: 'Right to', help: 'Shares of the width; below 0 to the left. Keras’ width factor.', default: 0.1 }),
    ...lookingFields,
  },
  inputs: 1,
  naturalRank: 3,
  describe: (p) => `${rangeWords(p.heightLower, p.heightUpper)} · ${rangeWords(p.widthLower, p.widthUpper)}`,
  lower(context, inputs, p) {
    const images = imagesOf(inputs);
    if (!context.training) return images;
    const { builder } = context;
    const [batch = 1, rows = 1, columns = 1] = images.shape;
    const shift = (lower: number, upper: number, size: number) => builder.multiply(drawn(context, [batch, 1, 1], [lower, upper]), builder.constant(-size));
    const down = shift(p.heightLower, p.heightUpper, rows),
      right = shift(p.widthLower, p.widthUpper, columns);
    const one = builder.constant(1),
      none = builder.constant(0);
    return lookedUp(builder, images, affinePlaces(builder, rows, columns, { column: [one, none, right], row: [none, one, down] }), p);
  },
  keras: {
    className: 'RandomTranslation',
    extra: augmentingExtra,
    toConfig: (p) => ({
      height_lower: undefined,
      height_upper: undefined,
      width_lower: undefined,
      width_upper: undefined,
      height_factor: [p.heightLower, p.heightUpper],
      width_factor: [p.widthLower, p.widthUpper],
    }),
    fromConfig({ height_factor, width_factor }) {
      const height = rangeOfKeras(height_factor, bothSides),
        width = rangeOfKeras(width_factor, bothSides);
      return height && width && { heightLower: height[0], heightUpper: height[1], widthLower: width[0], widthUpper: width[1] };
    },
  },
});
