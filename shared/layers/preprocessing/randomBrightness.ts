// RandomBrightness: images become brighter or darker at random while training.

import { number } from '../../lib/fields.ts';
import {
  augmentingExtra,
  bothSides,
  drawn,
  imagesOf,
  onlyInTraining,
  rangeOfKeras,
  rangeWords,
  valueRangeFields,
  valueRangeOfKeras,
  withinRange,
} from './augmenting.ts';
import { layer } from '../layer.ts';

const share = { min: -1, max: 1 };

export const randomBrightness = layer({
  id: 'randomBrightness',
  title: 'RandomBrightness',
  family: 'core',
  group: 'images',
  help: {
    text: `Adds one random number to all values of an image, as more or less light would. ${onlyInTraining}`,
    formula: 'y = x + U(lower, upper) · (highest value − lowest value), cut off at both',
    source: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_brightness/',
  },
  synonyms: ['augmentation', 'light', 'exposure', 'image', 'color'],
  fields: {
    lower: number({ ...share, label: 'From', help: 'Below 0 darker, as a share of the whole range of values. Keras’ factor.', default: -0.2 }),
    upper: number({ ...share, label: 'To', help: 'Above 0 brighter, as a share of the whole range of values. Keras’ factor.', default: 0.2 }),
    ...valueRangeFields,
  },
  inputs: 1,
  naturalRank: 3,
  describe: (p) => rangeWords(p.lower, p.upper),
  lower(context, inputs, p) {
    const images = imagesOf(inputs);
    if (!context.training) return images;
    const { builder } = context;
    const range = { valueLow: Math.min(p.valueLow, p.valueHigh), valueHigh: Math.max(p.valueLow, p.valueHigh) };
    const delta = drawn(context, [images.shape[0] as number, 1, 1, 1], [p.lower, p.upper]);
    return withinRange(context, builder.add(images, builder.multiply(delta, builder.constant(range.valueHigh - range.valueLow))), range);
  },
  keras: {
    className: 'RandomBrightness',
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
      const range = rangeOfKeras(factor, bothSides),
        values = valueRangeOfKeras(value_range);
      return range && values && { lower: range[0], upper: range[1], ...values };
    },
  },
});
