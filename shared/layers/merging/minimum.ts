// Minimum: of several branches the smallest value, place by place.

import { layer } from '../layer.ts';
import { extremeOfCounted } from './merging.ts';

export const minimum = layer({
  id: 'minimum',
  title: 'Minimum',
  family: 'merge',
  sight: 'place',
  help: {
    text: 'Keeps the smallest of the values that several layers give at the same place; their shapes must be equal (a size of 1 stretches). The gradient goes to the layer that gave it.',
    formula: 'y = min(x_1, x_2, …)',
    source: 'https://keras.io/api/layers/merging_layers/minimum/',
  },
  synonyms: ['min', 'smallest', 'merge'],
  fields: {},
  inputs: 'many',
  describe: () => 'smallest',
  lower: (context, inputs) => extremeOfCounted(context, inputs, (a, b) => context.builder.minimum(a, b)),
  keras: { className: 'Minimum' },
});
