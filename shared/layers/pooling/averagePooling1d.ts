// AveragePooling1D: of every window of steps, the mean.

import { layer } from '../layer.ts';
import { describeStepPooling, poolSteps, stepPoolingFields, stepPoolingKeras } from './pooling1d.ts';

export const averagePooling1d = layer({
  id: 'averagePooling1d',
  title: 'AveragePooling1D',
  family: 'pooling',
  sight: 'window',
  help: {
    text: 'Keeps the mean of every window of steps, feature by feature. The sequence becomes shorter and smoother.',
    formula: 'y = mean(window)',
    source: 'https://keras.io/api/layers/pooling_layers/average_pooling1d/',
  },
  synonyms: ['pool', 'downsample', 'mean', 'smooth', 'sequence', 'time series'],
  fields: stepPoolingFields,
  inputs: 1,
  naturalRank: 2,
  describe: describeStepPooling,
  lower: ({ builder }, inputs, p) => poolSteps(builder, inputs, p, (row, attributes) => builder.averagePool2d(row, attributes)),
  keras: { className: 'AveragePooling1D', ...stepPoolingKeras },
});
