// Squares and sizes of gradients, as Keras on TensorFlow has them: there the gradient of a table of rows (an Embedding) is a list with an
// entry for every time a row was used, and these two are taken of each entry before the entries of a row are added up. A word that stands
// in a batch three times so counts three squares, not the square of their sum. Everywhere else the two are the plain functions. No optimizer itself.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

function ofEach(builder: Builder, gradient: Tensor, apply: (x: Tensor) => Tensor): Tensor {
  const producer = builder.producerOf(gradient);
  if (producer?.operation !== 'scatterRows') return apply(gradient);
  const [indices, entries] = producer.inputs as readonly [Tensor, Tensor];
  return builder.scatterRows(indices, apply(entries), { rows: gradient.shape[0] as number });
}

/** g², row by row the sum over all uses. */
export const squared = (builder: Builder, gradient: Tensor): Tensor => ofEach(builder, gradient, (x) => builder.square(x));

/** |g|, row by row the sum over all uses. */
export const magnitude = (builder: Builder, gradient: Tensor): Tensor => ofEach(builder, gradient, (x) => builder.abs(x));
