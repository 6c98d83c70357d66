// UpSampling1D: every step of a sequence several times.

import { integer } from '../../lib/fields.ts';
import { repeated } from './enlarge.ts';
import { inputOfRank, layer } from '../layer.ts';
import { sequenceWhy, sequenceWords } from '../steps.ts';

export const upSampling1d = layer({
  id: 'upSampling1d',
  title: 'UpSampling1D',
  family: 'core',
  group: 'reshaping',
  help: {
    text: 'Makes a sequence longer by repeating every step. In a decoder it undoes the shortening of a pooling layer; it learns nothing.',
    formula: 'y_t = x_⌊t / size⌋',
    source: 'https://keras.io/api/layers/reshaping_layers/up_sampling1d/',
  },
  synonyms: ['upsample', 'repeat', 'enlarge', 'decoder', 'sequence'],
  fields: { size: integer({ label: 'Times', help: 'How often every step is repeated.', min: 1, max: 1000, sliderMax: 8, default: 2 }) },
  inputs: 1,
  naturalRank: 2,
  describe: (p) => `${p.size} ×`,
  lower: ({ builder }, inputs, p) => repeated(builder, inputOfRank(inputs, 2, sequenceWords, sequenceWhy), 1, p.size),
  keras: { className: 'UpSampling1D' },
});
