// Maximum: of several branches the largest value, place by place.

import { layer } from '../layer.ts';
import { extremeOfCounted } from './merging.ts';

export const maximum = layer({
  id: 'maximum',
  title: 'Maximum',
  family: 'merge',
  sight: 'place',
  help: {
    text: 'Keeps the largest of the values that several layers give at the same place; their shapes must be equal (a size of 1 stretches). The gradient goes to the layer that gave it.',
    formula: 'y = max(x_1, x_2, …)',
    source: 'https://keras.io/api/layers/merging_layers/maximum/',
  },
  synonyms: ['max', 'largest', 'maxout', 'merge'],
  fields: {},
  inputs: 'many',
  describe: () => 'largest',
  lower: (context, inputs) => extremeOfCounted(context, inputs, (a, b) => context.builder.maximum(a, b)),
  keras: { className: 'Maximum' },
});
