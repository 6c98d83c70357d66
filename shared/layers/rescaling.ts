// Rescaling: values in other units.

import { number } from '../lib/fields.ts';
import { layer, only } from './layer.ts';

export const rescaling = layer({
  id: 'rescaling',
  title: 'Rescaling',
  family: 'core',
  group: 'images',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Multiplies every value by a number and adds another. Images come here as 0 to 1: 2 and −1 bring them to −1 … 1. It learns nothing; Normalization finds its numbers in the data.',
    formula: 'y = x · scale + offset',
    source: 'https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/',
  },
  synonyms: ['preprocessing', 'scale', 'normalize', 'units'],
  fields: {
    scale: number({ label: 'Scale', help: 'What every value is multiplied by.', min: -1e6, max: 1e6, default: 2 }),
    offset: number({ label: 'Offset', help: 'What is added to it then.', min: -1e6, max: 1e6, default: -1 }),
  },
  inputs: 1,
  describe: (p) => `× ${p.scale} ${p.offset < 0 ? '−' : '+'} ${Math.abs(p.offset)}`,
  lower({ builder }, inputs, p) {
    return builder.add(builder.multiply(only(inputs), builder.constant(p.scale)), builder.constant(p.offset));
  },
  keras: {
    className: 'Rescaling',
    toConfig: ({ offset }) => ({ offset }),
    // Left out, Keras adds nothing.
    fromConfig: ({ offset = 0 }) => (typeof offset === 'number' ? { offset } : null),
  },
});
