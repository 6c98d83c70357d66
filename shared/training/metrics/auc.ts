// AUC: the area under the curve of all thresholds. Keras' sum over 200 of them.

import { boolean, choice, integer } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import { sizeOf, type Tensor } from '../../tensor/types.ts';
import { metric } from '../contracts.ts';
import { ratio } from './confusion.ts';
import { total } from './means.ts';
import { float, labelRows } from './rows.ts';

/** Evenly from 0 to 1, the ends just outside. */
const thresholds = (count: number): number[] => Array.from({ length: count }, (_, i) => (i === 0 ? -1e-7 : i === count - 1 ? 1 + 1e-7 : i / (count - 1)));

/** Σ of a flat list of weights over what lies above each threshold, [count]. */
function above(builder: Builder, scores: Tensor, weights: Tensor, count: number): Tensor {
  const limits = builder.constant(thresholds(count), [count, 1]);
  const chosen = float(builder, builder.greater(scores, limits));
  return builder.reduceSum(builder.multiply(chosen, weights), { axes: [1], keepDims: false });
}

/** For each threshold: yes that is above, no that is above; of all: how many are. */
interface Counts {
  readonly yesAbove: readonly number[];
  readonly noAbove: readonly number[];
  readonly yes: number;
  readonly no: number;
}

function countsFrom(sums: ArrayLike<number>): Counts {
  const all = Array.from(sums),
    count = (all.length - 2) / 2;
  return { yesAbove: all.slice(0, count), noAbove: all.slice(count, 2 * count), yes: all.at(-2) as number, no: all.at(-1) as number };
}

/** Σ over neighbours of width · mean height: true positive rate over false positive rate. */
function rocArea({ yesAbove, noAbove, yes, no }: Counts): number {
  const height = yesAbove.map((count) => ratio(count, yes)),
    place = noAbove.map((count) => ratio(count, no));
  return height.slice(1).reduce((sum, next, i) => sum + ((place[i] as number) - (place[i + 1] as number)) * (((height[i] as number) + next) / 2), 0);
}

/** Precision over recall, interpolated as in Davis and Goadrich, 2006. */
function prArea({ yesAbove, noAbove, yes }: Counts): number {
  const said = yesAbove.map((count, i) => count + (noAbove[i] as number));
  return said.slice(1).reduce((sum, p, i) => {
    const tp = yesAbove[i + 1] as number,
      before = said[i] as number;
    const dtp = (yesAbove[i] as number) - tp;
    const slope = ratio(dtp, Math.max(before - p, 0));
    const logarithm = before > 0 && p > 0 ? Math.log(before / p) : 0;
    return sum + ratio(slope * (dtp + (tp - slope * p) * logarithm), yes);
  }, 0);
}

export const auc = metric({
  id: 'auc',
  title: 'AUC',
  keras: 'auc',
  help: 'How well outputs rank yes above no, whatever the threshold: 0.5 is guessing, 1 is perfect. With one output per class, all outputs are counted together.',
  better: 'higher',
  tasks: ['classes', 'binary'],
  fields: {
    curve: choice({
      label: 'Curve',
      help: 'PR looks at the rare yes only; ROC at yes and no alike.',
      choices: [
        { value: 'ROC', label: 'ROC: true against false positives' },
        { value: 'PR', label: 'PR: precision against recall' },
      ],
      default: 'ROC',
    }),
    numThresholds: integer({ label: 'Thresholds', help: 'How many are tried; more is more exact.', min: 2, max: 10_000, level: 'advanced', default: 200 }),
    fromLogits: boolean({ label: 'From logits', help: 'The last layer gives scores: they go through a sigmoid first.', level: 'advanced', default: false }),
  },
  lower(builder, labels, prediction, form, { numThresholds, fromLogits }) {
    const flat = (x: Tensor) => builder.reshape(x, { shape: [1, sizeOf(x.shape)] });
    const scores = flat(fromLogits ? builder.sigmoid(prediction) : prediction);
    const yes = flat(labelRows(builder, labels, prediction, form));
    const no = builder.subtract(builder.constant(1), yes);
    const counts = [above(builder, scores, yes, numThresholds), above(builder, scores, no, numThresholds), total(builder, yes), total(builder, no)];
    return builder.concat(...counts, { axis: 0 });
  },
  result: (sums, { curve }) => (curve === 'ROC' ? rocArea : prArea)(countsFrom(sums)),
});
