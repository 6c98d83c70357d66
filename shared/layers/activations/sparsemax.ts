// Sparsemax: scores become shares, many of them exactly 0, over the last axis. Martins and Astudillo, 2016, as Keras 3.15 computes it: its
// threshold adds up the running sums of all supported values where the paper takes the last one. The two agree where one value takes all.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import type { Activation } from './activation.ts';

export const sparsemax: Activation = {
  id: 'sparsemax',
  title: 'sparsemax',
  formula: 'max(0, x_i − τ), with a τ for each row',
  help: 'Like softmax, but unlikely classes get exactly 0. Computed as Keras does, whose shares add up to 1 only where one class is far ahead; softmax is the safer choice. It compares every value with every other one, so it suits short axes.',
  lower(builder, x) {
    const axes = [x.shape.length - 1];
    const { sums, supported } = runningSums(builder, x);
    const total = builder.reduceSum(builder.multiply(sums, supported), { axes, keepDims: true });
    const count = builder.reduceSum(supported, { axes, keepDims: true });
    return builder.relu(builder.subtract(x, builder.divide(builder.subtract(total, builder.constant(1)), count)));
  },
};

/** For each value the sum of those that come before it from the largest on, its own included; and 1 where it is above (sum − 1) / count. */
function runningSums(builder: Builder, x: Tensor): { readonly sums: Tensor; readonly supported: Tensor } {
  const size = x.shape.at(-1) ?? 1,
    outer = x.shape.slice(0, -1);
  const each = builder.reshape(x, { shape: [...outer, size, 1] }),
    others = builder.reshape(x, { shape: [...outer, 1, size] });
  // Of equal values the first one comes first.
  const notAfter = Float32Array.from({ length: size * size }, (_, i) => Number(i % size <= Math.floor(i / size)));
  const isFirst = builder.greater(builder.constant(notAfter, [size, size]), builder.constant(0.5));
  const before = builder.logicalOr(builder.greater(others, each), builder.logicalAnd(builder.equal(others, each), isFirst));
  const counted = builder.cast(before, { dtype: 'float32' });
  const over = { axes: [x.shape.length], keepDims: false };
  const count = builder.reduceSum(counted, over),
    sums = builder.reduceSum(builder.multiply(counted, others), over);
  const bar = builder.divide(builder.subtract(sums, builder.constant(1)), count);
  return { sums, supported: builder.cast(builder.greater(x, bar), { dtype: 'float32' }) };
}
