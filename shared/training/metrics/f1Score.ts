// F1: precision and recall in one number.

import { choice, optionalNumber } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { metric } from '../contracts.ts';
import { ratio } from './confusion.ts';
import { counted } from './means.ts';
import { above, float, isSingle, labelRows } from './rows.ts';

/** Keras' smallest size that can win. */
const smallest = 1e-9;

/** What the network says yes to: what is above the threshold; without one the largest of a row, or what is above one half where there is only one number. */
function answers(builder: Builder, prediction: Tensor, threshold: number | null): Tensor {
  if (threshold !== null) return above(builder, prediction, threshold);
  if (isSingle(prediction)) return above(builder, prediction, 0.5);
  const largest = builder.reduceMax(prediction, { axes: [prediction.shape.length - 1], keepDims: true });
  const wins = float(builder, builder.greaterEqual(prediction, largest));
  return builder.multiply(wins, above(builder, builder.abs(prediction), smallest));
}

/** The sum of each column, [columns]. */
const columns = (builder: Builder, x: Tensor): Tensor => builder.reduceSum(x, { axes: x.shape.slice(0, -1).map((_, axis) => axis), keepDims: false });

const f1 = (both: number, said: number, is: number): number => ratio(2 * both, said + is);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export const f1Score = metric({
  id: 'f1Score',
  title: 'F1 score',
  keras: 'f1_score',
  help: 'The harmonic mean of precision and recall: high only where both are. The honest number where one class is rare.',
  better: 'higher',
  tasks: ['classes', 'binary'],
  fields: {
    average: choice({
      label: 'Average',
      help: 'How the scores of several classes become one number.',
      choices: [
        { value: 'macro', label: 'Every class counts the same' },
        { value: 'weighted', label: 'Classes count by their size' },
        { value: 'micro', label: 'Every answer counts the same' },
      ],
      default: 'macro',
    }),
    threshold: optionalNumber({
      label: 'Threshold',
      help: 'Above it an output counts as “yes”, each for itself. Left empty: the largest output is the answer, and above 0.5 a single one.',
      level: 'advanced',
      min: 0,
      max: 1,
      exclusiveMin: true,
      default: null,
    }),
  },
  lower(builder, labels, prediction, form, { threshold }, counts) {
    const isYes = labelRows(builder, labels, prediction, form),
      saidYes = answers(builder, prediction, threshold);
    const sum = (x: Tensor) => columns(builder, counted(builder, x, counts));
    return builder.concat(sum(builder.multiply(isYes, saidYes)), sum(saidYes), sum(isYes), { axis: 0 });
  },
  result(sums, { average }) {
    const all = Array.from(sums),
      classes = all.length / 3;
    const [both, said, is] = [0, 1, 2].map((i) => all.slice(i * classes, (i + 1) * classes)) as [number[], number[], number[]];
    if (average === 'micro') return f1(sum(both), sum(said), sum(is));
    const scores = both.map((count, i) => f1(count, said[i] as number, is[i] as number));
    const weights = average === 'macro' ? scores.map(() => 1) : is;
    return ratio(sum(scores.map((score, i) => score * (weights[i] as number))), sum(weights));
  },
});
