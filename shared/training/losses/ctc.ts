// CTC: teaches a sequence of answers without saying at which steps they come. Graves and others, 2006.

import type { Builder } from '../../tensor/builder.ts';
import { ShapeError } from '../../tensor/operation.ts';
import type { Tensor } from '../../tensor/types.ts';
import { loss } from '../contracts.ts';
import { logSumExp, never } from './logSpace.ts';

export const ctc = loss({
  id: 'ctc',
  title: 'CTC',
  keras: 'ctc',
  help: 'For speech and handwriting: the labels are a sequence shorter than the network’s, and nobody says where each belongs. Class 0 means “nothing here”: it fills labels up at their end and is not a class of its own. For a last layer of scores for every step, without softmax.',
  formula: '−log(Σ over all ways to spread the labels over the steps Π_t p_t)',
  fields: {},
  labels: 'classes',
  answers: 'otherwise',
  values(builder, labels, prediction) {
    refuseMisfit(labels, prediction);
    const steps = prediction.shape[1] as number;
    const scores = emissions(builder, labels, prediction);
    const { skip, start, end } = paths(builder, labels);
    let ways = builder.add(scores[0] as Tensor, start);
    for (let t = 1; t < steps; t++) ways = builder.add(scores[t] as Tensor, onward(builder, ways, skip));
    return builder.negate(logSumExp(builder, builder.add(ways, end), 1));
  },
});

function refuseMisfit(labels: Tensor, prediction: Tensor): void {
  if (labels.shape.length !== 2)
    throw new ShapeError(`It needs a sequence of class numbers for every sample, but a label has ${labels.shape.length - 1} axes.`);
  if (prediction.shape.length !== 3) throw new ShapeError('It needs scores for every step: an output of steps × classes.');
  const [, steps] = prediction.shape as [number, number];
  if ((labels.shape[1] as number) > steps)
    throw new ShapeError(`It cannot spread ${labels.shape[1]} labels over ${steps} steps. Shorten the labels, or give the network more steps.`);
}

/** One number for every label, with one before, between and after them: [batch, 2 · labels + 1, …]. */
function between(builder: Builder, gaps: Tensor, labels: Tensor, last: Tensor): Tensor {
  const [batch, count, ...more] = labels.shape as [number, number, ...number[]];
  const paired = builder.concat(builder.reshape(gaps, { shape: [batch, count, 1, ...more] }), builder.reshape(labels, { shape: [batch, count, 1, ...more] }), {
    axis: 2,
  });
  return builder.concat(builder.reshape(paired, { shape: [batch, 2 * count, ...more] }), last, { axis: 1 });
}

/** For each step the log probability of each place on the way: [batch, places] each. */
function emissions(builder: Builder, labels: Tensor, prediction: Tensor): readonly Tensor[] {
  const [batch, steps, classes] = prediction.shape as [number, number, number];
  const count = labels.shape[1] as number,
    places = 2 * count + 1;
  const nothing = (length: number) =>
    builder.constant(
      Float32Array.from({ length: batch * length * classes }, (_, i) => Number(i % classes === 0)),
      [batch, length, classes],
    );
  const rows = between(builder, nothing(count), builder.oneHot(labels, { depth: classes }), nothing(1));
  const scores = builder.matMul(builder.logSoftmax(prediction, { axis: -1 }), rows, { transposeB: true });
  return builder.split(builder.reshape(builder.transpose(scores, { permutation: [1, 0, 2] }), { shape: [steps * batch, places] }), { axis: 0, parts: steps });
}

interface Paths {
  /** 0 where a step may leave out the gap before, else the logarithm of 0. */
  readonly skip: Tensor;
  /** The same for where ways begin, and where they end. */
  readonly start: Tensor;
  readonly end: Tensor;
}

function paths(builder: Builder, labels: Tensor): Paths {
  const [batch, count] = labels.shape as [number, number];
  const zeros = (length: number) => builder.constant(0, [batch, length]);
  const numbers = builder.cast(labels, { dtype: 'float32' });
  const float = (condition: Tensor) => builder.cast(condition, { dtype: 'float32' });
  const before = builder.concat(zeros(1), builder.slice(numbers, { begin: [0, 0], size: [batch, count - 1] }), { axis: 1 });
  const isOther = float(builder.logicalNot(builder.equal(numbers, before)));
  const first = Float32Array.from({ length: count }, (_, i) => Number(i > 0));
  const skips = between(builder, zeros(count), builder.multiply(isOther, builder.constant(first, [1, count])), zeros(1));
  const length = builder.reduceSum(float(builder.greater(numbers, builder.constant(0))), { axes: [1], keepDims: true });
  const ahead = builder.subtract(
    builder.constant(
      Float32Array.from({ length: 2 * count + 1 }, (_, i) => i),
      [1, 2 * count + 1],
    ),
    builder.add(length, length),
  );
  const isEnd = builder.logicalOr(builder.equal(ahead, builder.constant(0)), builder.equal(ahead, builder.constant(-1)));
  const begins = Float32Array.from({ length: 2 * count + 1 }, (_, i) => Number(i < 2));
  return { skip: impossible(builder, skips), start: impossible(builder, builder.constant(begins, [1, 2 * count + 1])), end: impossible(builder, float(isEnd)) };
}

/** 1 becomes 0 and 0 the logarithm of 0. */
const impossible = (builder: Builder, allowed: Tensor): Tensor => builder.multiply(builder.subtract(builder.constant(1), allowed), builder.constant(never));

/** The ways that lead to each place at the next step: they stay, come from the place before, or leave out a gap. */
function onward(builder: Builder, ways: Tensor, skip: Tensor): Tensor {
  const [batch, places] = ways.shape as [number, number];
  const shifted = (by: number) =>
    builder.concat(builder.constant(never, [batch, by]), builder.slice(ways, { begin: [0, 0], size: [batch, places - by] }), { axis: 1 });
  const one = (tensor: Tensor) => builder.reshape(tensor, { shape: [batch, 1, places] });
  return logSumExp(builder, builder.concat(one(ways), one(shifted(1)), one(builder.add(shifted(2), skip)), { axis: 1 }), 1);
}
