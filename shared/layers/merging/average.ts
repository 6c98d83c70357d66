// Average: the mean of several branches, value by value.

import { layer } from '../layer.ts';
import { mergeEach } from './merging.ts';

export const average = layer({
  id: 'average',
  title: 'Average',
  family: 'merge',
  sight: 'place',
  help: {
    text: 'Takes the mean of the outputs of several layers, value by value; their shapes must be equal (a size of 1 stretches). Useful where several branches give an opinion each, as in an ensemble.',
    formula: 'y = (x_1 + … + x_n) / n',
    source: 'https://keras.io/api/layers/merging_layers/average/',
  },
  synonyms: ['mean', 'ensemble', 'merge'],
  fields: {},
  inputs: 'many',
  describe: () => 'mean',
  lower(context, inputs) {
    const { builder } = context;
    const sum = mergeEach(context, inputs, 'average', (sum, next) => builder.add(sum, next));
    return builder.multiply(sum, builder.constant(1 / inputs.length));
  },
  keras: { className: 'Average' },
});
