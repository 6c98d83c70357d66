// A loss as a metric: the same values, not weighted, averaged over everything. No metric itself.

import type { Fields, Values } from '../../lib/fields.ts';
import type { LossDefinition, MetricDefinition, Task } from '../contracts.ts';
import { requireComparable } from './comparable.ts';
import { meanOf, meanSums } from './means.ts';

/**
 * Everything of such a metric but its names.
 * @param sign −1 where the loss is the negative of what is measured
 */
export const ofLoss = <F extends Fields>(
  { title, fields: { reduction: _, ...fields }, values }: LossDefinition<F>,
  tasks: readonly Task[],
  sign: 1 | -1 = 1,
): Omit<MetricDefinition<F>, 'id' | 'title' | 'keras' | 'help'> => ({
  isMean: true,
  better: sign === 1 ? 'lower' : 'higher',
  tasks,
  fields: fields as unknown as F,
  lower(builder, labels, prediction, form, parameters: Values<F>, mask) {
    requireComparable(title, form);
    const own = values(builder, labels, prediction, parameters);
    return meanSums(builder, sign === 1 ? own : builder.negate(own), mask);
  },
  result: meanOf,
});
