// Squares and sizes of gradients, as Keras on TensorFlow has them: there the gradient of a table of rows (an Embedding) is a list with an
// entry for every time a row was used, and these two are taken of each entry before the entries of a row are added up. A word that stands
// in a batch three times so counts three squares, not the square of their sum. Everywhere else the two are the plain functions. No optimizer itself.
// Clipping (clip.ts) takes lengths of such squares, and cuts each entry where it goes number by number.

import type { Builder } from '../../tensor/builder.ts';
import type { Instruction, Tensor } from '../../tensor/types.ts';

/** Whether a gradient is a list of rows; of a table that is used at several places it is the sum of several. */
function isList(builder: Builder, gradient: Tensor): boolean {
  const producer = builder.producerOf(gradient);
  if (producer?.operation === 'add') return producer.inputs.every((one) => isList(builder, one));
  return producer?.operation === 'scatterRows';
}

function ofEntries(builder: Builder, list: Tensor, apply: (x: Tensor) => Tensor): Tensor {
  const { operation, inputs } = builder.producerOf(list) as Instruction;
  const [first, second] = inputs as readonly [Tensor, Tensor];
  if (operation === 'add') return builder.add(ofEntries(builder, first, apply), ofEntries(builder, second, apply));
  return builder.scatterRows(first, apply(second), { rows: list.shape[0] as number });
}

/** A function of each number: of every entry, where the gradient is such a list. */
export const ofEach = (builder: Builder, gradient: Tensor, apply: (x: Tensor) => Tensor): Tensor =>
  isList(builder, gradient) ? ofEntries(builder, gradient, apply) : apply(gradient);

/** g², row by row the sum over all uses. */
export const squared = (builder: Builder, gradient: Tensor): Tensor => ofEach(builder, gradient, (x) => builder.square(x));

/** |g|, row by row the sum over all uses. */
export const magnitude = (builder: Builder, gradient: Tensor): Tensor => ofEach(builder, gradient, (x) => builder.abs(x));
