// Add: the sum of several branches.

import type { Tensor } from '../tensor/types.ts';
import { LayerError, layer, sampleShape } from './layer.ts';
import { severalInputs } from './merging.ts';

export const add = layer({
  id: 'add',
  title: 'Add',
  family: 'merge',
  help: {
    text: 'Adds the outputs of several layers, value by value; their shapes must be equal (a size of 1 stretches). With it a connection can skip layers, as in residual networks, where gradients take the short way.',
    formula: 'y = x_1 + x_2 + …',
    source: 'https://keras.io/api/layers/merging_layers/add/',
  },
  synonyms: ['sum', 'plus', 'residual', 'skip connection', 'merge'],
  fields: {},
  inputs: 'many',
  describe: () => 'sum',
  lower(context, inputs) {
    const [first, ...rest] = severalInputs(inputs);
    return rest.reduce<Tensor>((sum, next, i) => {
      if (!canAdd(sum, next)) throw unequal(sum, next, i + 1);
      return context.builder.add(sum, next);
    }, first);
  },
  keras: { className: 'Add' },
});

const canAdd = (a: Tensor, b: Tensor): boolean =>
  a.shape.length === b.shape.length && a.shape.slice(1).every((size, i) => size === b.shape[i + 1] || size === 1 || b.shape[i + 1] === 1);

const unequal = (sum: Tensor, next: Tensor, input: number) =>
  new LayerError({
    code: 'shape-mismatch',
    input,
    what: `It cannot add ${sampleShape(sum)} and ${sampleShape(next)}.`,
    why: 'Values are added one to one, so both sides need the same sizes.',
  });
