// What every engine must pass beside operations and layers: each loss with its derivative, each metric's sums, and a step of each optimizer, against the
// float64 reference interpreter. Knows no engine.

import { it } from 'vitest';
import { defaults } from '../../../../shared/lib/fields.ts';
import { normalAt, randomKey, uniformAt } from '../../../../shared/lib/random.ts';
import { createBuilder } from '../../../../shared/tensor/builder.ts';
import { gradients } from '../../../../shared/tensor/gradient.ts';
import { numericArray } from '../../../../shared/tensor/interpret.ts';
import { simplify } from '../../../../shared/tensor/simplify.ts';
import { type Program, sizeOf, type Tensor } from '../../../../shared/tensor/types.ts';
import type { AnyLoss, AnyMetric, AnyOptimizer } from '../../../../shared/training/contracts.ts';
import { losses } from '../../../../shared/training/losses/index.ts';
import { metrics } from '../../../../shared/training/metrics/index.ts';
import { optimizers } from '../../../../shared/training/optimizers/index.ts';
import { expectEqualRuns, type Numbers, type RunProgram } from './conformance.ts';

const samples = 5,
  classes = 4;

/** CTC compares sequences of two labels with scores for six steps; the others a label with a row. */
const lossShapes = ({ id, labels }: AnyLoss) =>
  id === 'ctc'
    ? { labels: [samples, 2], prediction: [samples, 6, classes] }
    : { labels: labels === 'classes' ? [samples] : [samples, classes], prediction: [samples, classes] };

function lossProgram(loss: AnyLoss): Program {
  const builder = createBuilder();
  const shapes = lossShapes(loss);
  const labels = builder.input('labels', shapes.labels, loss.labels === 'classes' ? 'int32' : 'float32', { kind: 'data' });
  const prediction = builder.input('prediction', shapes.prediction, 'float32', { kind: 'data' });
  const value = loss.lower(builder, labels, prediction, defaults(loss.fields));
  const [derivative] = gradients(builder, value, [prediction]);
  if (!derivative) throw new Error(`${loss.title} must depend on the prediction.`);
  const outputs = [
    { name: 'value', tensor: value },
    { name: 'derivative', tensor: derivative },
  ];
  return simplify(builder.build(outputs));
}

/** Predictions between 0.1 and 0.9, which every loss accepts, and labels of one right class for each sample. */
function lossNumbers(loss: AnyLoss): Numbers {
  const key = randomKey('loss', loss.id);
  const shapes = lossShapes(loss);
  const prediction = Float64Array.from({ length: sizeOf(shapes.prediction) }, (_, i) => Math.fround(0.1 + 0.8 * uniformAt(key, i)));
  const right = Array.from({ length: samples }, (_, i) => (i * 3) % classes);
  const labels =
    loss.labels === 'classes'
      ? numericArray(
          shapes.labels,
          Array.from({ length: sizeOf(shapes.labels) }, (_, i) => (i * 3) % classes),
        )
      : numericArray(
          [samples, classes],
          right.flatMap((at) => [0, 1, 2, 3].map((one) => (one === at ? 1 : 0))),
        );
  return { labels, prediction: numericArray(shapes.prediction, [...prediction]) };
}

/** A test for each loss: its value and its derivative by the prediction. */
export function proveLosses(run: RunProgram): void {
  it.each(Object.values(losses) as AnyLoss[])('$title', async (loss) => expectEqualRuns(run, lossProgram(loss), lossNumbers(loss), loss.id));
}

/** Labels as classes and numbers as rows; metrics of each kind see what suits them. */
function metricProgram(metric: AnyMetric): Program {
  const builder = createBuilder();
  const labels = builder.input('labels', [samples, classes], 'float32', { kind: 'data' });
  const prediction = builder.input('prediction', [samples, classes], 'float32', { kind: 'data' });
  const tensor = metric.lower(builder, labels, prediction, metric.tasks.includes('classes') ? 'oneHot' : 'numbers', defaults(metric.fields));
  return simplify(builder.build([{ name: 'sums', tensor }]));
}

/** A test for each metric: its sums over a batch. */
export function proveMetrics(run: RunProgram): void {
  it.each(Object.values(metrics) as AnyMetric[])('$title', async (metric) =>
    expectEqualRuns(run, metricProgram(metric), lossNumbers(losses.categoricalCrossentropy), metric.id),
  );
}

function optimizerProgram(optimizer: AnyOptimizer): Program {
  const builder = createBuilder();
  const shape = [2, 3];
  const input = (name: string, kind: 'state' | 'data', own: readonly number[] = shape) => builder.input(name, own, 'float32', { kind });
  const updates: { name: string; tensor: Tensor }[] = [];
  const context = {
    builder,
    learningRate: builder.input('learningRate', [], 'float32', { kind: 'scalar' }),
    step: builder.input('step', [], 'float32', { kind: 'scalar' }),
    slot: (name: string, own?: readonly number[]) => input(name, 'state', own),
    update: (name: string, tensor: Tensor) => void updates.push({ name, tensor }),
  };
  const weight = optimizer.lower(context, input('weight', 'state'), input('gradient', 'data'), defaults(optimizer.fields));
  return simplify(builder.build([], [...updates, { name: 'weight', tensor: weight }]));
}

/** State as it can be after some steps: what adds up squares is never negative. */
function optimizerNumbers({ inputs }: Program, step: number): Numbers {
  const scalars: Readonly<Record<string, number>> = { step, learningRate: 0.125 };
  return Object.fromEntries(
    inputs.map(({ name, tensor }) => {
      const value = (i: number) => Math.fround(normalAt(randomKey('optimizer', name), i));
      const signed = name === 'weight' || name === 'gradient' || name === 'momentum' || name === 'linear';
      const own = scalars[name];
      return [
        name,
        own === undefined
          ? numericArray(
              tensor.shape,
              Array.from({ length: sizeOf(tensor.shape) }, (_, i) => (signed ? value(i) : Math.abs(value(i)) + 0.1)),
            )
          : numericArray([], own),
      ];
    }),
  );
}

/** A test for each optimizer: its first step and a later one. */
export function proveOptimizers(run: RunProgram): void {
  it.each(Object.values(optimizers) as AnyOptimizer[])('$title', async (optimizer) => {
    const program = optimizerProgram(optimizer);
    for (const step of [1, 7, 1000]) await expectEqualRuns(run, program, optimizerNumbers(program, step), `${optimizer.id}, step ${step}`);
  });
}
