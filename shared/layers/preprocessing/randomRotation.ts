// RandomRotation: images are turned by a random angle while training.

import { number } from '../../lib/fields.ts';
import { augmentingExtra, bothSides, drawn, imagesOf, lookingFields, onlyInTraining, rangeOfKeras, rangeWords } from './augmenting.ts';
import { layer } from '../layer.ts';
import { affinePlaces, lookedUp } from './pixels.ts';

const angle = { min: -1, max: 1, unit: 'turns' };

export const randomRotation = layer({
  id: 'randomRotation',
  title: 'RandomRotation',
  family: 'core',
  group: 'images',
  help: {
    text: `Turns every image around its centre by an angle drawn between two ends, as parts of a full turn: 0.1 is 36°. ${onlyInTraining}`,
    formula: 'angle ~ U(lower, upper) · 2π',
    source: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/',
  },
  synonyms: ['augmentation', 'rotate', 'turn', 'image'],
  fields: {
    lower: number({ ...angle, label: 'From', help: 'Below 0 with the clock, above 0 against it; one end of Keras’ factor.', default: -0.1 }),
    upper: number({ ...angle, label: 'To', help: 'Below 0 with the clock, above 0 against it; the other end of Keras’ factor.', default: 0.1 }),
    ...lookingFields,
  },
  inputs: 1,
  naturalRank: 3,
  describe: (p) => `${rangeWords(p.lower, p.upper)} turns`,
  lower(context, inputs, p) {
    const images = imagesOf(inputs);
    if (!context.training) return images;
    const { builder } = context;
    const [batch = 1, rows = 1, columns = 1] = images.shape;
    const radians = builder.multiply(drawn(context, [batch, 1, 1], [p.lower, p.upper]), builder.constant(2 * Math.PI));
    const cos = builder.cos(radians),
      sin = builder.sin(radians),
      minusSin = builder.negate(sin);
    const centreX = builder.constant((columns - 1) / 2),
      centreY = builder.constant((rows - 1) / 2);
    const shiftX = builder.subtract(builder.subtract(centreX, builder.multiply(centreX, cos)), builder.multiply(centreY, minusSin));
    const shiftY = builder.subtract(builder.subtract(centreY, builder.multiply(centreX, sin)), builder.multiply(centreY, cos));
    return lookedUp(builder, images, affinePlaces(builder, rows, columns, { column: [cos, minusSin, shiftX], row: [sin, cos, shiftY] }), p);
  },
  keras: {
    className: 'RandomRotation',
    extra: augmentingExtra,
    toConfig: ({ lower, upper }) => ({ lower: undefined, upper: undefined, factor: [lower, upper] }),
    fromConfig({ factor }) {
      const range = rangeOfKeras(factor, bothSides);
      return range && { lower: range[0], upper: range[1] };
    },
  },
});
