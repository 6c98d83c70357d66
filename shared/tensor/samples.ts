// For every operation a generator of valid inputs and attributes, from a seed: what the tests of the interpreter, of the gradients and
// of the engines walk over. Inputs keep away from kinks and poles, so that finite differences hold. Part of no shipped feature.

import { randomKey } from '../lib/random.ts';
import { type OperationName, operations } from './ops/index.ts';
import { Draw, type SampleInput } from './sampleDraw.ts';
import { gru, gruGradient, lstm, lstmGradient, simpleRnn } from './sampleRecurrent.ts';
import type { Attributes, Shape } from './types.ts';

export type { SampleInput } from './sampleDraw.ts';

export interface Sample {
  readonly inputs: readonly SampleInput[];
  readonly attributes: Attributes;
}
export type Generator = (draw: Draw) => Sample;

const one =
  (make: (draw: Draw, shape: Shape) => SampleInput, attributes: (draw: Draw, shape: Shape) => Attributes = () => ({}), least = 0): Generator =>
  (draw) => {
    const shape = draw.shape(least, 4);
    return { inputs: [make(draw, shape)], attributes: attributes(draw, shape) };
  };
const two =
  (makeX: (draw: Draw, shape: Shape) => SampleInput, makeY = makeX): Generator =>
  (draw) => {
    const [x, y] = draw.pair();
    return { inputs: [makeX(draw, x), makeY(draw, y)], attributes: {} };
  };
const floats = (draw: Draw, shape: Shape) => draw.floats(shape);
const positive = (draw: Draw, shape: Shape) => draw.floats(shape, 0.3, 2);
const nonZero = (draw: Draw, shape: Shape) => draw.nonZero(shape);
const grid = (draw: Draw, shape: Shape) => draw.grid(shape);
const shiftedGrid = (draw: Draw, shape: Shape) => draw.grid(shape, 1 / 16);
const distinct = (draw: Draw, shape: Shape) => draw.distinct(shape);
const bools = (draw: Draw, shape: Shape) => draw.bools(shape);
const someAxes = (draw: Draw, shape: Shape): Attributes => ({ axes: draw.axes(shape.length), keepDims: draw.of(true, false) });
const oneAxis = (draw: Draw, shape: Shape): Attributes => ({ axis: draw.integer(-shape.length, shape.length - 1) });

const select: Generator = (draw) => {
  const shape = draw.shape(0, 3);
  return { inputs: [draw.bools(draw.stretchable(shape)), draw.floats(draw.stretchable(shape)), draw.floats(shape)], attributes: {} };
};

const matMul: Generator = (draw) => {
  const [rows, depth, columns] = draw.sizes(3) as [number, number, number];
  const transposeA = draw.of(true, false),
    transposeB = draw.of(true, false),
    batch = draw.shape(0, 2);
  const [batchOfA, batchOfB] = draw.of([batch, []], [batch, draw.stretchable(batch)], [draw.stretchable(batch), batch]) as [number[], number[]];
  const a = [...batchOfA, ...(transposeA ? [depth, rows] : [rows, depth])],
    b = [...batchOfB, ...(transposeB ? [columns, depth] : [depth, columns])];
  return { inputs: [draw.floats(a), draw.floats(b)], attributes: { transposeA, transposeB } };
};

const reshape: Generator = (draw) => {
  const shape = draw.shape(0, 4),
    order = draw.permutation(shape.length).map((axis) => shape[axis] as number);
  const wanted = order.length > 1 && draw.integer(0, 1) === 0 ? [-1, ...order.slice(2)] : [...order, 1];
  return { inputs: [draw.floats(shape)], attributes: { shape: wanted } };
};

const broadcastTo: Generator = (draw) => {
  const shape = draw.shape(0, 3);
  return { inputs: [draw.floats(draw.stretchable(shape))], attributes: { shape } };
};

const concat: Generator = (draw) => {
  const shape = draw.shape(1, 3),
    axis = draw.integer(0, shape.length - 1),
    equal = draw.of(true, false);
  const inputs = Array.from({ length: draw.integer(1, 4) }, () => draw.floats(shape.map((size, i) => (i === axis && !equal ? draw.integer(1, 3) : size))));
  return { inputs, attributes: { axis: draw.of(axis, axis - shape.length) } };
};

const slice: Generator = (draw) => {
  const shape = draw.shape(0, 4),
    begin = shape.map((size) => draw.integer(0, size - 1));
  return { inputs: [draw.floats(shape)], attributes: { begin, size: shape.map((size, axis) => draw.integer(1, size - (begin[axis] as number))) } };
};

const split: Generator = (draw) => {
  const parts = draw.integer(1, 3),
    shape = draw.shape(1, 3),
    axis = draw.integer(0, shape.length - 1);
  return { inputs: [draw.floats(shape.map((size, i) => (i === axis ? size * parts : size)))], attributes: { axis: draw.of(axis, axis - shape.length), parts } };
};

const pad: Generator = (draw) => {
  const shape = draw.shape(1, 3),
    border = () => shape.map(() => draw.integer(0, 2));
  return { inputs: [draw.floats(shape)], attributes: { before: border(), after: border(), value: draw.of(0, -1.5) } };
};

const gather: Generator = (draw) => {
  const rows = draw.integer(1, 5),
    table = [rows, ...draw.shape(0, 2)];
  return { inputs: [draw.floats(table), draw.integers(draw.shape(0, 2), 0, rows - 1)], attributes: {} };
};

const scatterRows: Generator = (draw) => {
  const rows = draw.integer(1, 5),
    places = draw.shape(1, 2);
  return { inputs: [draw.integers(places, 0, rows - 1), draw.floats([...places, ...draw.shape(0, 2)])], attributes: { rows } };
};

interface Convolution {
  readonly x: number[];
  readonly kernel: number[];
  readonly g: number[];
  readonly attributes: Attributes;
}
const placesOf = (length: number, window: number, stride: number, padding: number) => Math.floor((length + padding - window) / stride) + 1;

function convolution(draw: Draw): Convolution {
  const groups = draw.integer(1, 2),
    depth = draw.integer(1, 2),
    filters = groups * draw.integer(1, 2),
    batch = draw.integer(1, 2);
  const kernel = [draw.integer(1, 3), draw.integer(1, 3)],
    dilations = [draw.integer(1, 2), draw.integer(1, 2)],
    strides = [draw.integer(1, 2), draw.integer(1, 2)];
  const padding = Array.from({ length: 4 }, () => draw.integer(0, 1));
  const window = kernel.map((size, i) => (size - 1) * (dilations[i] as number) + 1);
  const area = window.map((size) => size + draw.integer(0, 3));
  const places = area.map((size, i) => placesOf(size, window[i] as number, strides[i] as number, (padding[2 * i] as number) + (padding[2 * i + 1] as number)));
  return {
    x: [batch, ...area, depth * groups],
    kernel: [...kernel, depth, filters],
    g: [batch, ...places, filters],
    attributes: { strides, padding, dilations, groups },
  };
}
const conv2d: Generator = (draw) => {
  const { x, kernel, attributes } = convolution(draw);
  return { inputs: [draw.floats(x), draw.floats(kernel)], attributes };
};
const conv2dInputGradient: Generator = (draw) => {
  const { x, kernel, g, attributes } = convolution(draw);
  return { inputs: [draw.floats(kernel), draw.floats(g)], attributes: { ...attributes, inputShape: x } };
};
const conv2dKernelGradient: Generator = (draw) => {
  const { x, kernel, g, attributes } = convolution(draw);
  return { inputs: [draw.floats(x), draw.floats(g)], attributes: { ...attributes, kernelShape: kernel } };
};

function pooling(draw: Draw): { x: number[]; y: number[]; attributes: Attributes } {
  const size = [draw.integer(1, 3), draw.integer(1, 3)],
    strides = [draw.integer(1, 3), draw.integer(1, 3)];
  const padding = [0, 0, 1, 1].map((axis) => draw.integer(0, Math.min(1, (size[axis] as number) - 1)));
  const area = size.map((window) => window + draw.integer(0, 3)),
    batch = draw.integer(1, 2),
    channels = draw.integer(1, 2);
  const places = area.map((length, i) =>
    placesOf(length, size[i] as number, strides[i] as number, (padding[2 * i] as number) + (padding[2 * i + 1] as number)),
  );
  return { x: [batch, ...area, channels], y: [batch, ...places, channels], attributes: { size, strides, padding } };
}
const pool: Generator = (draw) => {
  const { x, attributes } = pooling(draw);
  return { inputs: [draw.distinct(x)], attributes };
};
/** On a coarse grid, so that equal maxima occur. The pooled value is the true one: engines may compare with it. */
const maxPool2dGradient: Generator = (draw) => {
  const { x: shape, y, attributes } = pooling(draw);
  const x = draw.array(shape, () => draw.integer(0, 3));
  const pooled = operations.maxPool2d.evaluate?.([x], attributes as never, [{ shape: y, dtype: 'float32' }])[0];
  return { inputs: [x, { shape: y, dtype: 'float32', data: pooled?.data ?? new Float64Array() }, draw.floats(y)], attributes };
};
const averagePool2dGradient: Generator = (draw) => {
  const { x, y, attributes } = pooling(draw);
  return { inputs: [draw.floats(y)], attributes: { ...attributes, inputShape: x } };
};

const batchNormalization =
  (others: (draw: Draw, shape: Shape, channels: Shape) => readonly SampleInput[]): Generator =>
  (draw) => {
    const shape = [draw.integer(1, 4), ...draw.shape(1, 3)],
      channels = shape.slice(-1);
    const attributes = { epsilon: draw.of(0.001, 0.1) };
    return { inputs: [draw.floats(shape), draw.nonZero(channels), ...others(draw, shape, channels)], attributes };
  };

/** Results of the activation, and gradients of the same shape. */
const gradientOf =
  (results: (draw: Draw, shape: Shape) => SampleInput): Generator =>
  (draw) => {
    const shape = draw.shape(0, 3);
    return { inputs: [results(draw, shape), draw.floats(shape)], attributes: {} };
  };

/** The list; the type asks for an entry for every operation. */
const generators: Readonly<Record<OperationName, Generator>> = {
  negate: one(floats),
  abs: one(nonZero),
  sign: one(nonZero),
  stopGradient: one(nonZero),
  square: one(floats),
  sqrt: one(positive),
  reciprocal: one(nonZero),
  exp: one(floats),
  log: one(positive),
  tanh: one(nonZero),
  sigmoid: one(nonZero),
  relu: one(nonZero),
  softplus: one((draw, shape) => draw.floats(shape, -30, 30)),
  erf: one((draw, shape) => draw.floats(shape, -3, 3)),
  sin: one((draw, shape) => draw.floats(shape, -6, 6)),
  cos: one((draw, shape) => draw.floats(shape, -6, 6)),
  floor: one((draw, shape) => draw.nonInteger(shape)),
  add: two(floats),
  subtract: two(floats),
  multiply: two(floats),
  divide: two(floats, nonZero),
  power: two(positive, floats),
  maximum: two(grid, shiftedGrid),
  minimum: two(grid, shiftedGrid),
  equal: two(grid),
  greater: two(grid),
  greaterEqual: two(grid),
  less: two(grid),
  lessEqual: two(grid),
  logicalAnd: two(bools),
  logicalOr: two(bools),
  logicalNot: one(bools),
  select,
  cast: (draw) =>
    draw.of(
      one(
        (d, shape) => d.nonInteger(shape),
        () => ({ dtype: 'int32' }),
      ),
      one(bools, () => ({ dtype: 'float32' })),
      one(grid, () => ({ dtype: 'bool' })),
      one(floats, () => ({ dtype: 'float32' })),
    )(draw),
  reduceSum: one(floats, someAxes),
  reduceMean: one(floats, someAxes),
  reduceMax: one(distinct, someAxes),
  reduceMin: one(distinct, someAxes),
  argMax: one(grid, oneAxis, 1),
  softmax: one(nonZero, oneAxis, 1),
  logSoftmax: one(nonZero, oneAxis, 1),
  matMul,
  conv2d,
  conv2dInputGradient,
  conv2dKernelGradient,
  reshape,
  transpose: one(floats, (draw, shape) => ({ permutation: draw.permutation(shape.length) })),
  broadcastTo,
  concat,
  slice,
  split,
  pad,
  gather,
  scatterRows,
  oneHot: (draw) => ({ inputs: [draw.integers(draw.shape(0, 2), -1, 4)], attributes: { depth: draw.integer(1, 4) } }),
  maxPool2d: pool,
  maxPool2dGradient,
  averagePool2d: pool,
  averagePool2dGradient,
  batchNormalize: batchNormalization((draw, _, channels) => [draw.floats(channels)]),
  batchNormalizeGradient: batchNormalization((draw, shape, channels) => [draw.floats(channels), draw.floats(channels, 0.3, 2), draw.floats(shape)]),
  reluGradient: gradientOf(nonZero),
  tanhGradient: gradientOf(floats),
  sigmoidGradient: gradientOf((draw, shape) => draw.floats(shape, 0, 1)),
  simpleRnn,
  lstm,
  lstmGradient,
  gru,
  gruGradient,
};

export const operationNames = Object.keys(generators) as readonly OperationName[];

/** Valid inputs and attributes for an operation: the same for the same seed. */
export const sampleOf = (name: OperationName, seed: number): Sample => generators[name](new Draw(randomKey('sample', name, seed)));
