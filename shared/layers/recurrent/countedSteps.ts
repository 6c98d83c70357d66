// The steps of a sequence that a mask counts, brought together at the beginning, and what was computed of them brought back to where they
// stood. A recurrent operation that knows no masks then walks over all steps at once: what follows the counted ones changes none of them.
// So a mask costs a few operations, and not some for every step. No layer itself.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

export interface CountedSteps {
  /** [batch, steps, …] with the steps that count first, in their order; what stands behind them means nothing. */
  together(sequence: Tensor): Tensor;
  /** From results of such a sequence: at every step that of the last step that counts so far, 0 where there is none. */
  apart(results: Tensor): Tensor;
  /** [batch, steps, 1] in the order of `together`: 1 at the steps behind all that count, 0 before. */
  behind(): Tensor;
  /** The result of the last step of all that counts, [batch, …]; 0 where none does. */
  last(results: Tensor): Tensor;
}

/** @param mask booleans [batch, steps] */
export function countedSteps(builder: Builder, mask: Tensor): CountedSteps {
  const [batch, steps] = mask.shape as [number, number];
  const counts = builder.cast(mask, { dtype: 'float32' });
  // How many steps count up to each, itself included.
  const sums = builder.matMul(counts, upTo(builder, steps));
  const starts = builder.constant(
    Float32Array.from({ length: batch }, (_, row) => row * steps),
    [batch, 1],
  );
  const place = builder.add(builder.maximum(builder.subtract(sums, builder.constant(1)), builder.constant(0)), starts);
  const whole = (rows: Tensor) => builder.cast(rows, { dtype: 'int32' });
  const rowsOf = (x: Tensor) => builder.reshape(x, { shape: [batch * steps, ...x.shape.slice(2)] });
  const taken = (x: Tensor, rows: Tensor) => builder.gather(rowsOf(x), whole(rows));
  const orNothing = (some: Tensor, x: Tensor) => builder.select(builder.reshape(some, { shape: [...some.shape, 1] }), x, builder.constant(0));
  const someYet = builder.greater(sums, builder.constant(0));
  const atEnd = (x: Tensor) => builder.reshape(builder.slice(x, { begin: [0, steps - 1], size: [batch, 1] }), { shape: [batch] });
  return {
    together: (sequence) => taken(sequence, builder.reshape(sources(builder, mask, place), { shape: [batch, steps] })),
    apart: (results) => orNothing(someYet, taken(results, place)),
    behind: () => behindAll(builder, sums),
    last: (results) => orNothing(atEnd(someYet), taken(results, atEnd(place))),
  };
}

function behindAll(builder: Builder, sums: Tensor): Tensor {
  const [batch, steps] = sums.shape as [number, number];
  const all = builder.slice(sums, { begin: [0, steps - 1], size: [batch, 1] });
  const places = builder.constant(
    Float32Array.from({ length: steps }, (_, step) => step),
    [1, steps],
  );
  return builder.reshape(builder.cast(builder.greaterEqual(places, all), { dtype: 'float32' }), { shape: [batch, steps, 1] });
}

/** [steps, steps]: 1 where the row is not behind the column. */
const upTo = (builder: Builder, steps: number): Tensor =>
  builder.constant(
    Float32Array.from({ length: steps * steps }, (_, i) => Number(Math.floor(i / steps) <= i % steps)),
    [steps, steps],
  );

/** For every place the row of the step that goes there: each step that counts writes its own to its place, the others to one behind all. */
function sources(builder: Builder, mask: Tensor, place: Tensor): Tensor {
  const [batch, steps] = mask.shape as [number, number];
  const all = batch * steps;
  const rows = builder.constant(
    Float32Array.from({ length: all }, (_, row) => row),
    [all, 1],
  );
  const target = builder.cast(builder.reshape(builder.select(mask, place, builder.constant(all)), { shape: [all] }), { dtype: 'int32' });
  return builder.slice(builder.scatterRows(target, rows, { rows: all + 1 }), { begin: [0, 0], size: [all, 1] });
}
