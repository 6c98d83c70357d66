// A loss as a metric: the same values, not weighted, averaged over everything. No metric itself.

import { defaults, type Fields } from '../../lib/fields.ts';
import type { LossRule, MetricDefinition, Task } from '../contracts.ts';
import { requireComparable } from './comparable.ts';
import { meanOf, meanSums } from './means.ts';

/**
 * Everything of such a metric but its names.
 * @param sign −1 where the loss is the negative of what is measured
 */
export const ofLoss = <F extends Fields>(
  { title, fields, values }: LossRule<F>,
  tasks: readonly Task[],
  sign: 1 | -1 = 1,
): Omit<MetricDefinition<Record<never, never>>, 'id' | 'title' | 'keras' | 'help'> => ({
  better: sign === 1 ? 'lower' : 'higher',
  tasks,
  fields: {},
  lower(builder, labels, prediction, form, _parameters, mask) {
    requireComparable(title, form);
    const own = values(builder, labels, prediction, defaults(fields));
    return meanSums(builder, sign === 1 ? own : builder.negate(own), mask);
  },
  result: meanOf,
});
