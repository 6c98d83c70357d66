// ZeroPadding1D: steps of zeros before and after a sequence.

import { borderField, pairOfKeras } from './borders.ts';
import { inputOfRank, layer } from '../layer.ts';
import { sequenceWhy, sequenceWords } from '../steps.ts';

export const zeroPadding1d = layer({
  id: 'zeroPadding1d',
  title: 'ZeroPadding1D',
  family: 'core',
  group: 'reshaping',
  help: {
    text: 'Puts steps of zeros before and after a sequence, for example so that a convolution after it keeps the number of steps.',
    formula: 'y = [0, …, x, …, 0]',
    source: 'https://keras.io/api/layers/reshaping_layers/zero_padding1d/',
  },
  synonyms: ['pad', 'border', 'sequence'],
  fields: {
    start: borderField('Before', 'steps of zeros come before the first', 1),
    end: borderField('After', 'steps of zeros come after the last', 1),
  },
  inputs: 1,
  naturalRank: 2,
  describe: (p) => (p.start === p.end ? `${p.start} at both ends` : `${p.start} before, ${p.end} after`),
  lower({ builder }, inputs, p) {
    const input = inputOfRank(inputs, 2, sequenceWords, sequenceWhy);
    return builder.pad(input, { before: [0, p.start, 0], after: [0, p.end, 0] });
  },
  keras: {
    className: 'ZeroPadding1D',
    extra: { data_format: 'channels_last' },
    toConfig: ({ start, end }) => ({ start: undefined, end: undefined, padding: [start, end] }),
    fromConfig({ padding }) {
      const pair = pairOfKeras(padding);
      return pair && { start: pair[0], end: pair[1] };
    },
  },
});
