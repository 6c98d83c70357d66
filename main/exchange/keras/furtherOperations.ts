// Operations that are several layers side by side, or a formula of their own: what `ops.split`, `ops.var` or `ops.tile` does, in layers.

import { sizeOf } from '../../../shared/tensor/types.ts';
import { axesIn, cutOne, formula, layer, made, type Maker, pooled, reshaped } from './operationParts.ts';
import { type Chain, Graph } from './operationGraph.ts';
import { type KerasObject, listOr, objectOr } from './savedModel.ts';

/** The one axis; null for several. */
export function axisIn(value: KerasObject[string], rank: number): number | null {
  const axes = axesIn(value, rank);
  return axes?.length === 1 ? (axes[0] as number) : null;
}

/** Of one axis the places from the first to before the second. */
export const cut = (shape: readonly number[], axis: number, begin: number, end: number): Chain => {
  const sizes = shape.slice(1);
  const left = sizes.with(axis - 1, end - begin);
  const back = reshaped(left);
  return back && begin >= 0 && end <= (shape[axis] as number) && begin < end
    ? [...cutOne(sizes, axis - 1, [begin, (shape[axis] as number) - end], 1), ...back]
    : null;
};

const split: Maker = ({ config, tensors: [shape = []] }) => {
  const axis = axisIn(config.axis ?? 0, shape.length);
  const size = axis === null ? 0 : (shape[axis] ?? 0);
  const asked = config.indices_or_sections ?? null;
  const places = Array.isArray(asked)
    ? asked.map(Number)
    : typeof asked === 'number'
      ? Array.from({ length: asked - 1 }, (_, i) => ((i + 1) * size) / asked)
      : [];
  if (axis === null || shape.slice(1).includes(0) || places.length > 63) return null;
  const borders = [0, ...places, size];
  const graph = new Graph();
  const ends = borders.slice(1).map((end, i) => graph.add(cut(shape, axis, borders[i] as number, end), -1));
  return graph.ending(...ends);
};

/** How many runs of places an axis is put together from at most: each is a layer. */
const mostRuns = 64;

/** Places of an axis one after the other, in runs of neighbours. */
export function inOrder(shape: readonly number[], axis: number, places: readonly number[]): Chain {
  const runs: [number, number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last && last[1] === place) last[1]++;
    else runs.push([place, place + 1]);
  }
  if (runs.length === 0 || shape.slice(1).includes(0)) return null;
  if (runs.length > mostRuns) return made('take', { indices: places.join(', '), axis });
  const graph = new Graph();
  const cuts = runs.map(([begin, end]) => graph.add(cut(shape, axis, begin, end), -1));
  const joined = cuts.length === 1 ? (cuts[0] as number) : graph.add(layer('Concatenate', { axis }), ...cuts);
  return graph.ending(graph.add(reshaped(shape.slice(1).with(axis - 1, places.length)), joined));
}

/** One axis after the other. */
const flipped: Maker = ({ config, tensors: [shape = []] }) => {
  const axes = axesIn(config.axis ?? null, shape.length);
  if (!axes) return null;
  if (axes.length > 1) return axes.flatMap((axis) => made('take', { indices: backwards(shape[axis] as number).join(', '), axis }));
  return inOrder(shape, axes[0] as number, backwards(shape[axes[0] as number] ?? 0));
};
const backwards = (size: number): number[] => Array.from({ length: size }, (_, i) => size - 1 - i);

const rolled: Maker = ({ config, tensors: [shape = []] }) => {
  const axis = axisIn(config.axis ?? null, shape.length);
  const size = axis === null ? 0 : (shape[axis] ?? 0);
  if (axis === null || typeof config.shift !== 'number' || size === 0) return null;
  const shift = config.shift;
  return inOrder(
    shape,
    axis,
    Array.from({ length: size }, (_, i) => (((i - shift) % size) + size) % size),
  );
};

const picked: Maker = ({ args: [, given], config, tensors: [shape = []] }) => {
  const axis = axisIn(config.axis ?? null, shape.length);
  const size = axis === null ? 0 : (shape[axis] ?? 0);
  const places = listOr(given).map((one) => (typeof one === 'number' ? (one < 0 ? one + size : one) : -1));
  return axis === null || places.some((one) => one < 0 || one >= size) ? null : inOrder(shape, axis, places);
};

/** The same several times side by side, along one axis after the other. */
const tiled: Maker = ({ config, tensors: [shape = []] }) => {
  const asked = Array.isArray(config.repeats) ? config.repeats.map(Number) : [Number(config.repeats)];
  const times = [...Array.from({ length: shape.length - asked.length }, () => 1), ...asked];
  if (times[0] !== 1 || times.length !== shape.length || times.some((one) => !(one >= 1 && one <= mostRuns))) return null;
  const graph = new Graph();
  const all = times.reduce(
    (from, count, axis) => (count === 1 ? from : graph.add(layer('Concatenate', { axis }), ...Array.from({ length: count }, () => from))),
    -1,
  );
  return graph.ending(graph.add(reshaped(shape.slice(1).map((size, i) => size * (times[i + 1] as number))), all));
};

/** Every place several times, one behind the other. */
const repeated: Maker = ({ config, tensors: [shape = []] }) => {
  const axis = axisIn(config.axis ?? null, shape.length);
  const count = config.repeats;
  if (axis === null || typeof count !== 'number' || !(count >= 1 && count <= mostRuns)) return null;
  const sizes = shape.slice(1);
  const graph = new Graph();
  const apart = graph.add(reshaped([...sizes.slice(0, axis), 1, ...sizes.slice(axis)]), -1);
  const joined = graph.add(layer('Concatenate', { axis: axis + 1 }), ...Array.from({ length: count }, () => apart));
  return graph.ending(graph.add(reshaped(sizes.with(axis - 1, (sizes[axis - 1] as number) * count)), joined));
};

/** Axes in another order, the batch where it is. */
const turned = (order: readonly number[]): Chain => (order[0] === 0 ? layer('Permute', { dims: order.slice(1) }) : null);
const swapped: Maker = ({ config, tensors: [shape = []] }) => {
  const [a, b] = [axisIn(config.axis1 ?? null, shape.length), axisIn(config.axis2 ?? null, shape.length)];
  return a === null || b === null ? null : turned(shape.map((_, i) => (i === a ? b : i === b ? a : i)));
};
const moved: Maker = ({ config, tensors: [shape = []] }) => {
  const [from, to] = [axisIn(config.source ?? null, shape.length), axisIn(config.destination ?? null, shape.length)];
  if (from === null || to === null) return null;
  const others = shape.map((_, i) => i).filter((i) => i !== from);
  return turned([...others.slice(0, to), from, ...others.slice(to)]);
};

/** Over the same axes as the operation asks, with or without keeping them. */
export const over = (kind: 'Average' | 'Max', called: Parameters<Maker>[0], keepdims: boolean, summed = false): Chain =>
  pooled(kind, summed ? (text, count) => `${text} * ${count}` : undefined)({ ...called, config: { ...called.config, keepdims } });
export const keeps = ({ config }: Parameters<Maker>[0]): boolean => config.keepdims === true;

/** The mean of the squares of what is left without the mean. */
const variance =
  (after: Chain): Maker =>
  (called) => {
    const graph = new Graph();
    const mean = graph.add(over('Average', called, true), -1);
    const squares = graph.add(formula('(a - b) * (a - b)'), -1, mean);
    const spread = graph.add(over('Average', called, keeps(called)), squares);
    return graph.ending(graph.add(after, spread));
  };
const least: Maker = (called) => {
  const largest = over('Max', called, keeps(called));
  return called.config.initial === undefined || called.config.initial === null ? largest && [...formula('-x'), ...largest, ...formula('-x')] : null;
};
/** The length along the axes: the root of the sum of squares, or the sum of sizes. */
const length: Maker = (called) => {
  const { ord = null } = called.config;
  const sum = over('Average', called, keeps(called), true);
  if (sum === null || called.config.axis === null) return null;
  if (ord === null || ord === 2 || ord === 'euclidean' || ord === 'fro')
    return Array.isArray(called.config.axis) && called.config.axis.length > 1 && ord === 2 ? null : [...formula('x * x'), ...sum, ...formula('sqrt(x)')];
  return ord === 1 && !Array.isArray(called.config.axis) ? [...formula('abs(x)'), ...sum] : null;
};
/** Without the largest, so that nothing overflows. */
const logOfSum: Maker = (called) => {
  const graph = new Graph();
  const largest = graph.add(over('Max', called, true), -1);
  const shares = graph.add(formula('exp(a - b)'), -1, largest);
  const sum = graph.add(over('Average', called, keeps(called), true), shares);
  const most = graph.add(over('Max', called, keeps(called)), -1);
  return graph.ending(graph.add(formula('log(a) + b'), sum, most));
};
const unitLength: Maker = ({ config: { axis = -1, order = 2, epsilon = null } }) =>
  order === 2 && epsilon === null ? layer('UnitNormalization', { axis }) : null;

/** Padding of zeros along any axis: what stands before and behind it is taken together for the while. */
export const paddedAnywhere: Maker = ({ args: [, ...more], config, tensors: [shape = []], entry }) => {
  const widths = listOr(config.pad_width).map((pair) => listOr(pair).map(Number));
  const isZero = config.mode === 'constant' && more.length === 0 && !valueOfPadding(entry);
  if (!isZero || widths.length !== shape.length || (widths[0] ?? []).some((one) => one !== 0) || shape.slice(1).includes(0)) return null;
  const sizes = shape.slice(1);
  const chain = widths.slice(1).flatMap((pair, axis): readonly KerasObject[] => {
    if (pair.every((one) => one === 0)) return [];
    const [outer, size, inner] = [sizeOf(sizes.slice(0, axis)), sizes[axis] as number, sizeOf(sizes.slice(axis + 1))];
    sizes[axis] = size + (pair[0] as number) + (pair[1] as number);
    return [...layer('Reshape', { target_shape: [outer, size, inner] }), ...layer('ZeroPadding2D', { padding: [[0, 0], pair] })];
  });
  const back = reshaped(sizes);
  return back && [...chain, ...back];
};
export const valueOfPadding = ({ inbound_nodes: calls }: KerasObject): boolean =>
  ![null, 0].includes((objectOr(objectOr(listOr(calls)[0]).kwargs).constant_values ?? null) as number | null);

const written =
  (text: string): Maker =>
  () =>
    formula(text);
const withNumber =
  (entry: string, write: (value: number) => string): Maker =>
  ({ config }) => {
    const value = config[entry];
    return typeof value === 'number' ? formula(write(value)) : null;
  };
const unmasked =
  (maker: Maker): Maker =>
  (called) =>
    called.masked ? null : maker(called);
export const isLast = (axis: KerasObject[string]): boolean => axis === -1 || axis === null;

export const furtherMakers: Readonly<Record<string, Maker>> = {
  Split: split,
  Flip: flipped,
  Roll: rolled,
  Take: picked,
  Tile: unmasked(tiled),
  Repeat: unmasked(repeated),
  Swapaxes: swapped,
  Moveaxis: moved,
  Var: variance([]),
  Std: variance(formula('sqrt(x)')),
  Min: least,
  Amin: least,
  Norm: length,
  Logsumexp: logOfSum,
  Normalize: unmasked(unitLength),
  Tan: written('sin(x) / cos(x)'),
  Sinh: written('(exp(x) - exp(-x)) / 2'),
  Cosh: written('(exp(x) + exp(-x)) / 2'),
  Log2: written(`log(x) * ${Math.LOG2E}`),
  Log10: written(`log(x) * ${Math.LOG10E}`),
  Logaddexp: written('max(a, b) + log(1 + exp(-abs(a - b)))'),
  Ceil: written('-floor(-x)'),
  OnesLike: written('x * 0 + 1'),
  ZerosLike: written('x * 0'),
  LogSoftmax: ({ config }) => (isLast(config.axis ?? -1) ? layer('Activation', { activation: 'log_softmax' }) : null),
  LogSigmoid: written('-softplus(-x)'),
  HardTanh: written('clip(x, -1, 1)'),
  TanhShrink: written('x - tanh(x)'),
  SoftShrink: withNumber('threshold', (value) => `where(x > ${value}, x - ${value}, where(x < (-${value}), x + ${value}, x * 0))`),
  HardShrink: withNumber('threshold', (value) => `where(abs(x) > ${value}, x, x * 0)`),
  Celu: withNumber('alpha', (value) => `max(x, 0) + min(${value} * (exp(min(x, 0) / ${value}) - 1), 0)`),
  Squareplus: withNumber('b', (value) => `0.5 * (x + sqrt(x * x + ${value}))`),
  Threshold: ({ config: { threshold, default_value: other } }) =>
    typeof threshold === 'number' && typeof other === 'number' ? formula(`where(x > ${threshold}, x, x * 0 + ${other})`) : null,
};
