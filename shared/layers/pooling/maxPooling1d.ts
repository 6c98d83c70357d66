// MaxPooling1D: of every window of steps, the largest value.

import { layer } from '../layer.ts';
import { describeStepPooling, poolSteps, stepPoolingFields, stepPoolingKeras } from './pooling1d.ts';

export const maxPooling1d = layer({
  id: 'maxPooling1d',
  title: 'MaxPooling1D',
  family: 'pooling',
  sight: 'window',
  help: {
    text: 'Keeps the largest value of every window of steps, feature by feature. The sequence becomes shorter; what was found stays, its exact moment is forgotten.',
    formula: 'y = max(window)',
    source: 'https://keras.io/api/layers/pooling_layers/max_pooling1d/',
  },
  synonyms: ['pool', 'downsample', 'subsampling', 'sequence', 'time series'],
  fields: stepPoolingFields,
  inputs: 1,
  naturalRank: 2,
  describe: describeStepPooling,
  lower: ({ builder }, inputs, p) => poolSteps(builder, inputs, p, (row, attributes) => builder.maxPool2d(row, attributes)),
  keras: { className: 'MaxPooling1D', ...stepPoolingKeras },
});
