// AUC: the area under the curve of all thresholds. Keras' sum over 200 of them.

import { boolean, choice, integer, type Values } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import { ShapeError } from '../../tensor/operation.ts';
import { sizeOf, type Tensor } from '../../tensor/types.ts';
import { metric } from '../contracts.ts';
import { areas, type Counts } from './curves.ts';
import { numberList, numbersIn } from '../../layers/preprocessing/numberList.ts';
import { ratio } from './confusion.ts';
import { counted } from './means.ts';
import { float, labelRows } from './rows.ts';

const isShare = (value: number): boolean => value >= 0 && value <= 1;
const fields = {
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
  thresholds: numberList({
    label: 'Thresholds of its own',
    help: 'Those between 0 and 1 that are tried, instead of so many evenly spread ones.',
    placeholder: '0.1, 0.5, 0.9',
    accepts: isShare,
    level: 'advanced',
    default: '',
  }),
  summationMethod: choice({
    label: 'Between two thresholds',
    help: 'Which height of the curve counts there.',
    choices: [
      { value: 'interpolation', label: 'What lies between them' },
      { value: 'minoring', label: 'The lower one' },
      { value: 'majoring', label: 'The higher one' },
    ],
    level: 'advanced',
    default: 'interpolation',
  }),
  multiLabel: boolean({
    label: 'Each output for itself',
    help: 'The mean of every output’s own area, not that of all together.',
    level: 'advanced',
    default: false,
  }),
  labelWeights: numberList({
    label: 'Weights of the outputs',
    help: 'How much each counts in that mean. Left empty: all the same.',
    placeholder: '1, 2, 1',
    accepts: (value) => value >= 0,
    level: 'advanced',
    default: '',
  }),
  fromLogits: boolean({ label: 'From logits', help: 'The last layer gives scores: they go through a sigmoid first.', level: 'advanced', default: false }),
} as const;
type Parameters = Values<typeof fields>;

/** Evenly from 0 to 1 or as given, the ends just outside. */
function limitsOf({ numThresholds, thresholds }: Parameters): number[] {
  const own = numbersIn(thresholds).sort((a, b) => a - b);
  const between = own.length > 0 ? own : Array.from({ length: numThresholds - 2 }, (_, i) => (i + 1) / (numThresholds - 1));
  return [-1e-7, ...between, 1 + 1e-7];
}

/** Σ of weights [n, outputs] over what lies above each threshold, [count · outputs]. */
function above(builder: Builder, scores: Tensor, weights: Tensor, limits: readonly number[]): Tensor {
  const [rows = 0, outputs = 0] = scores.shape;
  const each = (x: Tensor) => builder.reshape(x, { shape: [1, rows, outputs] });
  const chosen = float(builder, builder.greater(each(scores), builder.constant(limits, [limits.length, 1, 1])));
  const sums = builder.reduceSum(builder.multiply(chosen, each(weights)), { axes: [1], keepDims: false });
  return builder.reshape(sums, { shape: [limits.length * outputs] });
}

/** The counts of each output. */
function countsFrom(sums: ArrayLike<number>, count: number): Counts[] {
  const all = Array.from(sums),
    outputs = all.length / (2 * count + 2);
  const at = (group: number, output: number) => Array.from({ length: count }, (_, i) => all[(group * count + i) * outputs + output] as number);
  const ends = all.slice(2 * count * outputs);
  return Array.from({ length: outputs }, (_, i) => ({ yesAbove: at(0, i), noAbove: at(1, i), yes: ends[i] as number, no: ends[outputs + i] as number }));
}

/** @throws ShapeError where there are not as many weights as outputs */
function requireWeights({ labelWeights, multiLabel }: Parameters, outputs: number): void {
  const given = numbersIn(labelWeights).length;
  if (multiLabel && given > 0 && given !== outputs) throw new ShapeError(`there are ${given} weights for ${outputs} outputs`);
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export const auc = metric({
  id: 'auc',
  title: 'AUC',
  keras: 'auc',
  help: 'How well outputs rank yes above no, whatever the threshold: 0.5 is guessing, 1 is perfect. With one output per class, all outputs are counted together.',
  better: 'higher',
  tasks: ['classes', 'binary'],
  fields,
  lower(builder, labels, prediction, form, parameters, counts) {
    const width = parameters.multiLabel ? (prediction.shape.at(-1) ?? 1) : 1;
    requireWeights(parameters, width);
    const flat = (x: Tensor) => builder.reshape(x, { shape: [sizeOf(x.shape) / width, width] });
    const scores = flat(parameters.fromLogits ? builder.sigmoid(prediction) : prediction);
    const isYes = labelRows(builder, labels, prediction, form);
    const [yes, no] = [isYes, builder.subtract(builder.constant(1), isYes)].map((one) => flat(counted(builder, one, counts))) as [Tensor, Tensor];
    const limits = limitsOf(parameters),
      all = (x: Tensor) => builder.reduceSum(x, { axes: [0], keepDims: false });
    return builder.concat(above(builder, scores, yes, limits), above(builder, scores, no, limits), all(yes), all(no), { axis: 0 });
  },
  result(sums, parameters) {
    const found = countsFrom(sums, limitsOf(parameters).length).map((counts) => areas[parameters.curve](counts, parameters.summationMethod));
    const weights = parameters.multiLabel ? numbersIn(parameters.labelWeights) : [];
    return weights.length === 0 ? sum(found) / found.length : ratio(sum(found.map((area, i) => area * (weights[i] as number))), sum(weights));
  },
});
