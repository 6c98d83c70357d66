// RandomContrast: contrast is strengthened or weakened at random while training.

import { number } from '../../lib/fields.ts';
import { augmentingExtra, drawn, imagesOf, onlyInTraining, rangeOfKeras, valueRangeFields, valueRangeOfKeras, withinRange } from './augmenting.ts';
import { layer } from '../layer.ts';

export const randomContrast = layer({
  id: 'randomContrast',
  title: 'RandomContrast',
  family: 'core',
  group: 'images',
  help: {
    text: `Moves the values of every image nearer to their mean or farther from it, channel by channel, as other light would. ${onlyInTraining}`,
    formula: 'y = (x − mean) · U(1 − lower, 1 + upper) + mean, cut off at the ends of the value range',
    source: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_contrast/',
  },
  synonyms: ['augmentation', 'light', 'image', 'color'],
  fields: {
    lower: number({ label: 'At most weaker by', help: '0.2: down to 0.8 of the contrast. Keras’ factor.', min: 0, max: 1, default: 0.2 }),
    upper: number({
      label: 'At most stronger by',
      help: '0.2: up to 1.2 times the contrast. Keras’ factor; the smaller of both counts downwards.',
      min: 0,
      max: 1,
      default: 0.2,
    }),
    ...valueRangeFields,
  },
  inputs: 1,
  naturalRank: 3,
  describe: (p) => `× ${(1 - Math.min(p.lower, p.upper)).toPrecision(2)} … ${(1 + Math.max(p.lower, p.upper)).toPrecision(2)}`,
  lower(context, inputs, p) {
    const images = imagesOf(inputs);
    if (!context.training) return images;
    const { builder } = context;
    const factor = drawn(context, [images.shape[0] as number, 1, 1, 1], [1 - Math.min(p.lower, p.upper), 1 + Math.max(p.lower, p.upper)]);
    const mean = builder.reduceMean(images, { axes: [1, 2], keepDims: true });
    return withinRange(context, builder.add(builder.multiply(builder.subtract(images, mean), factor), mean), p);
  },
  keras: {
    className: 'RandomContrast',
    extra: augmentingExtra,
    toConfig: (p) => ({
      lower: undefined,
      upper: undefined,
      value_low: undefined,
      value_high: undefined,
      factor: [p.lower, p.upper],
      value_range: [p.valueLow, p.valueHigh],
    }),
    fromConfig({ factor, value_range }) {
      // One number strengthens only: Keras cuts −factor off at 0.
      const range = rangeOfKeras(factor, (size) => [0, size]),
        values = valueRangeOfKeras(value_range);
      return range && values && { lower: range[0], upper: range[1], ...values };
    },
  },
});
