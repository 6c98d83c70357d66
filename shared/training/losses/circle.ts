// Circle: pulls what belongs to one class together and pushes classes apart, by the angles between vectors. Sun and others, 2020.

import { boolean, number } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { loss } from '../contracts.ts';
import { logSumExp, never } from './logSpace.ts';

export const circle = loss({
  id: 'circle',
  title: 'Circle',
  keras: 'circle',
  help: 'Learns vectors instead of answers: samples of one class should point the same way, others elsewhere. For a last layer without activation, followed by UnitNormalization; large batches with several samples of each class.',
  formula: 'mean(softplus(log Σ e^(−gamma · w_pos · (margin − d_pos)) + log Σ e^(gamma · w_neg · (1 − margin − d_neg))))',
  fields: {
    gamma: number({ label: 'Gamma', help: 'How sharply the loss looks at the worst pairs.', min: 0, exclusiveMin: true, max: 10_000, default: 80 }),
    margin: number({ label: 'Margin', help: 'Up to which distance vectors of one class count as close.', min: 0, max: 1, default: 0.4 }),
    removeDiagonal: boolean({ label: 'Without itself', help: 'A sample is no pair with itself.', level: 'advanced', default: true }),
  },
  labels: 'classes',
  answers: 'otherwise',
  values(builder, labels, prediction, p) {
    const distances = builder.relu(builder.subtract(builder.constant(1), builder.matMul(prediction, prediction, { transposeB: true })));
    const { same, other } = pairs(builder, labels, p.removeDiagonal);
    const at = (value: number) => builder.constant(value);
    // Weights are never below 0 where they count.
    const pull = builder.multiply(builder.add(distances, at(p.margin)), builder.subtract(distances, at(p.margin)));
    const push = builder.multiply(builder.relu(builder.subtract(at(1 + p.margin), distances)), builder.subtract(at(1 - p.margin), distances));
    const among = (pairs: Tensor, values: Tensor) => logSumExp(builder, builder.select(pairs, builder.multiply(values, at(p.gamma)), at(never)), 1);
    return overCounted(builder, builder.softplus(builder.add(among(same, pull), among(other, push))));
  },
});

/** Which samples of a batch have the same label, and which another one: booleans [batch, batch]. */
function pairs(builder: Builder, labels: Tensor, removeDiagonal: boolean): { readonly same: Tensor; readonly other: Tensor } {
  const [count] = labels.shape as [number];
  const numbers = builder.cast(labels, { dtype: 'float32' });
  const equal = builder.equal(builder.reshape(numbers, { shape: [count, 1] }), builder.reshape(numbers, { shape: [1, count] }));
  const itself = Float32Array.from({ length: count * count }, (_, i) => Number(i % (count + 1) === 0));
  const apart = builder.less(builder.constant(itself, [count, count]), builder.constant(0.5));
  return { same: removeDiagonal ? builder.logicalAnd(equal, apart) : equal, other: builder.logicalNot(equal) };
}

/** Keras takes the mean over the samples whose loss is above 0: the others have nothing to compare with. */
function overCounted(builder: Builder, values: Tensor): Tensor {
  const [count] = values.shape as [number];
  const counted = builder.reduceSum(builder.cast(builder.greater(values, builder.constant(0)), { dtype: 'float32' }), { axes: [0], keepDims: false });
  return builder.multiply(values, builder.divide(builder.constant(count), builder.maximum(counted, builder.constant(1))));
}
