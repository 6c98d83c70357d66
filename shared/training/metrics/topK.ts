// What the top-k metrics share. No metric itself.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import type { LabelForm, MetricDefinition } from '../contracts.ts';
import { topKField } from './fields.ts';
import { meanOf, meanSums } from './means.ts';
import { above, float, labelRows, requireClasses } from './rows.ts';

/** 1 where fewer than k classes have more than the right one; a tie counts as right, as in TensorFlow. */
function amongTopK(builder: Builder, rows: Tensor, prediction: Tensor, k: number): Tensor {
  const axes = [prediction.shape.length - 1];
  const right = builder.reduceSum(builder.multiply(rows, prediction), { axes, keepDims: true });
  const better = builder.reduceSum(above(builder, builder.subtract(prediction, right), 0), { axes, keepDims: false });
  return float(builder, builder.less(better, builder.constant(k)));
}

type TopK = MetricDefinition<{ readonly k: ReturnType<typeof topKField> }>;

/** Everything of a top-k metric but its names. */
export const topKMetric = (title: string): Omit<TopK, 'id' | 'title' | 'keras' | 'help'> => ({
  isMean: true,
  better: 'higher',
  tasks: ['classes'],
  fields: { k: topKField() },
  lower(builder: Builder, labels: Tensor, prediction: Tensor, form: LabelForm, { k }: { readonly k: number }, mask?: Tensor): Tensor {
    requireClasses(title, prediction);
    return meanSums(builder, amongTopK(builder, labelRows(builder, labels, prediction, form), prediction, k), mask);
  },
  result: meanOf,
});
