// Add: the sum of several branches.

import { layer } from '../layer.ts';
import { mergeEach } from './merging.ts';

export const add = layer({
  id: 'add',
  title: 'Add',
  family: 'merge',
  sight: 'place',
  help: {
    text: 'Adds the outputs of several layers, value by value; their shapes must be equal (a size of 1 stretches). With it a connection can skip layers, as in residual networks, where gradients take the short way.',
    formula: 'y = x_1 + x_2 + …',
    source: 'https://keras.io/api/layers/merging_layers/add/',
  },
  synonyms: ['sum', 'plus', 'residual', 'skip connection', 'merge'],
  fields: {},
  inputs: 'many',
  describe: () => 'sum',
  lower: (context, inputs) => mergeEach(context, inputs, 'add', (sum, next) => context.builder.add(sum, next)),
  keras: { className: 'Add' },
});
