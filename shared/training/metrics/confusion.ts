// Counts of right and wrong yes and no, which precision, recall and F1 are made of. No metric itself.

import type { Fields, Values } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import type { MetricDefinition } from '../contracts.ts';
import { classIdField, optionalThresholdField, amongField } from './fields.ts';
import { counted, total } from './means.ts';
import { above, chosen, float, labelRows, oneClass } from './rows.ts';

/** Yes that is yes; said yes; is yes: float32 [3], over all outputs, each place by what it counts. */
function confusionSums(builder: Builder, isYes: Tensor, saidYes: Tensor, counts: Tensor | undefined): Tensor {
  const sum = (x: Tensor) => total(builder, counted(builder, x, counts));
  return builder.concat(sum(builder.multiply(isYes, saidYes)), sum(saidYes), sum(isYes), { axis: 0 });
}

/** a / b, and 0 for nothing at all, as in Keras. */
export const ratio = (a: number | undefined, b: number | undefined): number => (b ? (a ?? 0) / b : 0);

const fields = { threshold: optionalThresholdField('thresholds'), topK: amongField(), classId: classIdField() } as const satisfies Fields;
type Parameters = Values<typeof fields>;

/** 1 where the network says yes: above the threshold (one half, or any number for the largest k), and among the largest k where there is such. */
function saidYes(builder: Builder, prediction: Tensor, { threshold, topK }: Parameters): Tensor {
  if (topK === null) return above(builder, prediction, threshold ?? 0.5);
  const among = float(builder, chosen(builder, prediction, topK));
  return threshold === null ? among : builder.multiply(among, above(builder, prediction, threshold));
}

/** Everything of precision and recall but their names. @param place which of the sums is divided by: 1 said yes, 2 is yes */
export const ofAnswers = (place: 1 | 2): Pick<MetricDefinition<typeof fields>, 'better' | 'tasks' | 'fields' | 'lower' | 'result'> => ({
  better: 'higher',
  tasks: ['classes', 'binary'],
  fields,
  lower(builder, labels, prediction, form, parameters, counts) {
    const own = (x: Tensor) => oneClass(builder, x, parameters.classId);
    return confusionSums(builder, own(labelRows(builder, labels, prediction, form)), own(saidYes(builder, prediction, parameters)), counts);
  },
  result: (sums) => ratio(sums[0], sums[place]),
});
