// Subtract: the difference of two branches.

import { layer } from '../layer.ts';
import { mergeEach, twoInputs } from './merging.ts';

export const subtract = layer({
  id: 'subtract',
  title: 'Subtract',
  family: 'merge',
  sight: 'place',
  help: {
    text: 'Takes the output of the second connection from that of the first, value by value; their shapes must be equal (a size of 1 stretches).',
    formula: 'y = x_1 − x_2',
    source: 'https://keras.io/api/layers/merging_layers/subtract/',
  },
  synonyms: ['minus', 'difference', 'merge'],
  fields: {},
  inputs: 'many',
  describe: () => 'difference',
  lower(context, inputs) {
    const { builder } = context;
    const pair = twoInputs(inputs, 'It takes the second from the first.');
    return mergeEach(context, pair, 'subtract', (first, second) => builder.subtract(first, second));
  },
  keras: { className: 'Subtract' },
});
