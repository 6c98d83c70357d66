// Multiply: the product of several branches, value by value.

import { layer } from '../layer.ts';
import { productOfCounted } from './merging.ts';

export const multiply = layer({
  id: 'multiply',
  title: 'Multiply',
  family: 'merge',
  sight: 'place',
  help: {
    text: 'Multiplies the outputs of several layers, value by value; their shapes must be equal (a size of 1 stretches). With a branch between 0 and 1 it is a gate: it lets through what the other branch weighs.',
    formula: 'y = x_1 · x_2 · …',
    source: 'https://keras.io/api/layers/merging_layers/multiply/',
  },
  synonyms: ['product', 'times', 'gate', 'attention', 'merge'],
  fields: {},
  inputs: 'many',
  describe: () => 'product',
  lower: productOfCounted,
  keras: { className: 'Multiply' },
});
