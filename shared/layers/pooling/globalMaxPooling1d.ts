// GlobalMaxPooling1D: of every feature, the largest value over the whole sequence.

import { boolean } from '../../lib/fields.ts';
import { inputOfRank, layer } from '../layer.ts';
import { sequenceWhy, sequenceWords } from '../steps.ts';

export const globalMaxPooling1d = layer({
  id: 'globalMaxPooling1d',
  title: 'GlobalMaxPooling1D',
  family: 'pooling',
  sight: 'all',
  help: {
    text: 'Reduces every feature to its largest value over the whole sequence: whether a pattern appears at all, whenever that is.',
    formula: 'y_f = max over all steps of x_f',
    source: 'https://keras.io/api/layers/pooling_layers/global_max_pooling1d/',
  },
  synonyms: ['pool', 'maximum', 'sequence'],
  fields: {
    keepdims: boolean({ label: 'Keep axes', help: 'Keeps the steps as an axis of size 1.', default: false, level: 'advanced' }),
  },
  inputs: 1,
  naturalRank: 2,
  describe: (p) => (p.keepdims ? '1 step' : 'largest of each feature'),
  lower({ builder }, inputs, p) {
    const input = inputOfRank(inputs, 2, sequenceWords, sequenceWhy);
    return builder.reduceMax(input, { axes: [1], keepDims: p.keepdims });
  },
  keras: { className: 'GlobalMaxPooling1D', extra: { data_format: 'channels_last' } },
});
