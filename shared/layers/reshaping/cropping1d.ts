// Cropping1D: fewer steps at the beginning and the end of a sequence.

import { borderField, pairOfKeras, remaining } from './borders.ts';
import { inputOfRank, layer } from '../layer.ts';
import { sequenceWhy, sequenceWords } from '../steps.ts';

export const cropping1d = layer({
  id: 'cropping1d',
  title: 'Cropping1D',
  family: 'core',
  group: 'reshaping',
  help: {
    text: 'Cuts steps off the beginning and the end of a sequence, for example so that a skip connection meets what a convolution has shortened.',
    formula: 'y = x[start … steps − end]',
    source: 'https://keras.io/api/layers/reshaping_layers/cropping1d/',
  },
  synonyms: ['crop', 'cut', 'trim', 'sequence'],
  fields: {
    start: borderField('At the start', 'steps fall away before the first that stays', 1),
    end: borderField('At the end', 'steps fall away after the last that stays', 1),
  },
  inputs: 1,
  naturalRank: 2,
  describe: (p) => (p.start === p.end ? `${p.start} at both ends` : `${p.start} before, ${p.end} after`),
  lower({ builder }, inputs, p) {
    const input = inputOfRank(inputs, 2, sequenceWords, sequenceWhy);
    const steps = remaining(input, 1, p.start + p.end, 'steps', { label: 'Cut nothing', parameters: { start: 0, end: 0 } });
    return builder.slice(input, { begin: [0, p.start, 0], size: [input.shape[0] as number, steps, input.shape[2] as number] });
  },
  keras: {
    className: 'Cropping1D',
    toConfig: ({ start, end }) => ({ start: undefined, end: undefined, cropping: [start, end] }),
    fromConfig({ cropping }) {
      const pair = pairOfKeras(cropping);
      return pair && { start: pair[0], end: pair[1] };
    },
  },
});
