// Operations that few models have in their code: those that are a layer Operation of ours, and those that other layers and formulas say.

import type { Json } from '../../../shared/project/plainJson.ts';
import { axisIn, cut, inOrder, isLast, keeps, over, paddedAnywhere } from './furtherOperations.ts';
import { type Chain, combined, fixedNumbers, Graph } from './operationGraph.ts';
import { axesIn, formula, layer, made, type Maker, reshaped } from './operationParts.ts';
import { type KerasObject, listOr, objectOr } from './savedModel.ts';

const numberOr = (value: Json | undefined, usual: number): number => (typeof value === 'number' ? value : usual);
const kwargsOf = ({ inbound_nodes: calls }: KerasObject): KerasObject => objectOr(objectOr(listOr(calls)[0]).kwargs);

/** Along one axis of a sample. */
const along =
  (kind: string, more: (config: KerasObject) => KerasObject = () => ({})): Maker =>
  ({ config, tensors: [shape = []] }) => {
    const axis = axisIn(config.axis ?? null, shape.length);
    return axis === null ? null : made(kind, { axis, ...more(config) });
  };
const keepdims = ({ keepdims: keeps = false }: KerasObject): KerasObject => ({ keepdims: keeps });

/** The product over one axis after the other, the last first. */
const product: Maker = ({ config, tensors: [shape = []] }) => {
  const axes = axesIn(config.axis ?? null, shape.length);
  return axes && [...axes].reverse().flatMap((axis) => made('prod', { axis, keepdims: config.keepdims === true }));
};

const largest: Maker = ({ config }) => (typeof config.k === 'number' && config.sorted !== false ? made('topK', { k: config.k }) : null);
const rows: Maker = ({ config, tensors: [shape = []] }) =>
  typeof config.num_classes === 'number' && [-1, shape.length].includes(numberOr(config.axis, -1)) && config.sparse !== true
    ? made('oneHot', { numClasses: config.num_classes })
    : null;

const two = (value: Json | undefined): readonly number[] | null =>
  typeof value === 'number' ? [value, value] : Array.isArray(value) && value.length === 2 ? value.map(Number) : null;
const patches: Maker = ({ config }) => {
  const size = two(config.size),
    strides = two(config.strides ?? null);
  const isPlain = [1, null].includes(numberOr(config.dilation_rate, 1)) && config.data_format !== 'channels_first';
  return size && isPlain && ['valid', 'same'].includes(String(config.padding))
    ? made('extractPatches', { size, strides, padding: config.padding ?? 'valid' })
    : null;
};

/** Times a fixed matrix, or with weights for the places of an axis. */
const timesMatrix = (arg: Json | undefined): Chain => {
  const fixed = fixedNumbers(arg);
  return fixed && fixed.shape.length === 2 ? made('matmul', { shape: fixed.shape, values: fixed.values.join(', ') }) : null;
};
export const fixedProduct: Maker = ({ args, tensors }) => (tensors.length === 1 && fixedNumbers(args[0]) === null ? timesMatrix(args[1]) : null);

/** The mean, all places counting the same, or each by its weight. */
const averaged: Maker = (called) => {
  const weights = fixedNumbers(kwargsOf(called.entry).weights);
  if (kwargsOf(called.entry).weights !== undefined && kwargsOf(called.entry).weights !== null && !weights) return null;
  if (!weights) return over('Average', called, keeps(called));
  const [shape = []] = called.tensors;
  const axis = axisIn(called.config.axis ?? null, shape.length);
  const sum = weights.values.reduce((a, b) => a + b, 0);
  if (axis === null || weights.shape.length !== 1 || sum === 0) return null;
  const spread = weights.values.map((one) => (one * weights.values.length) / sum);
  const graph = new Graph();
  const fixed = graph.add(made('constant', { shape: shape.slice(1).map((_, i) => (i + 1 === axis ? spread.length : 1)), values: spread.join(', ') }), -1);
  return graph.ending(graph.add(over('Average', called, keeps(called)), graph.add(formula('a * b'), -1, fixed)));
};

/** Places of an axis as they come when what stands at the ends is mirrored. */
function mirrored(size: number, [before, after]: readonly number[], mode: Json | undefined): readonly number[] | null {
  const shift = mode === 'reflect' ? 1 : 0;
  if ((before ?? 0) > size - shift || (after ?? 0) > size - shift) return null;
  const first = Array.from({ length: before ?? 0 }, (_, i) => (before ?? 0) - 1 - i + shift),
    last = Array.from({ length: after ?? 0 }, (_, i) => size - 1 - i - shift);
  return [...first, ...Array.from({ length: size }, (_, i) => i), ...last];
}
/** Padding by zeros of what is so much less. */
function paddedBy(value: number, called: Parameters<Maker>[0]): Chain {
  const zeros = paddedAnywhere({ ...called, entry: { ...called.entry, inbound_nodes: [] } });
  return zeros && [...formula(`x - (${value})`), ...zeros, ...formula(`x + (${value})`)];
}

/** Padding by what stands near the border, or by a number other than 0. */
export const paddedOtherwise: Maker = (called) => {
  const { config, tensors, entry } = called;
  const [shape = []] = tensors;
  const widths = listOr(config.pad_width).map((pair) => listOr(pair).map(Number));
  const value = kwargsOf(entry).constant_values ?? 0;
  if (widths.length !== shape.length || (widths[0] ?? []).some((one) => one !== 0) || shape.slice(1).includes(0)) return null;
  if (config.mode === 'constant') return typeof value === 'number' && value !== 0 ? paddedBy(value, called) : null;
  if (config.mode !== 'reflect' && config.mode !== 'symmetric') return null;
  const chains = widths.flatMap((pair, axis): Chain[] => {
    if (pair.every((one) => one === 0)) return [];
    const places = mirrored(shape[axis] as number, pair, config.mode);
    return [places && made('take', { indices: places.join(', '), axis })];
  });
  return chains.includes(null) ? null : (chains as KerasObject[][]).flat();
};

/** What is put before and behind the rows and columns of images; null where it cannot be told. */
function borders(config: KerasObject, word: 'padding' | 'cropping', [, rows = 0, columns = 0]: readonly number[]): readonly (readonly number[])[] | null {
  const side = (first: string, last: string, size: number, target: Json | undefined): readonly number[] | null => {
    const [a, b] = [config[`${first}_${word}`] ?? null, config[`${last}_${word}`] ?? null];
    const all = typeof target === 'number' ? Math.abs(target - size) : null;
    if (typeof a === 'number' && typeof b === 'number') return [a, b];
    if (all === null) return null;
    if (typeof a === 'number') return [a, all - a];
    return typeof b === 'number' ? [all - b, b] : null;
  };
  const found = [side('top', 'bottom', rows, config.target_height), side('left', 'right', columns, config.target_width)];
  return found.every((one) => one?.every((size) => size >= 0)) && config.data_format !== 'channels_first' ? (found as number[][]) : null;
}
const around =
  (className: string, word: 'padding' | 'cropping'): Maker =>
  ({ config, tensors: [shape = []] }) => {
    const sides = shape.length === 4 ? borders(config, word, shape) : null;
    return sides && layer(className, { [word]: sides as Json });
  };

const resized: Maker = ({ config }) => {
  const size = two(config.size);
  const known = ['bilinear', 'nearest', 'bicubic', 'lanczos3', 'lanczos5'].includes(String(config.interpolation ?? 'bilinear'));
  const isPlain = config.crop_to_aspect_ratio !== true && config.pad_to_aspect_ratio !== true && config.data_format !== 'channels_first';
  if (!size || !known || !isPlain) return null;
  return layer('Resizing', {
    height: size[0] as number,
    width: size[1] as number,
    interpolation: config.interpolation ?? 'bilinear',
    antialias: config.antialias === true,
  });
};

/** The layer that pools as the operation does. */
const pooling =
  (kind: 'Max' | 'Average'): Maker =>
  ({ config, tensors: [shape = []] }) => {
    const rank = shape.length - 2;
    if (rank < 1 || rank > 3 || config.data_format === 'channels_first') return null;
    return layer(`${kind}Pooling${rank}D`, { pool_size: config.pool_size ?? 2, strides: config.strides ?? null, padding: config.padding ?? 'valid' });
  };

/** Each place of an axis by itself. */
const apart: Maker = ({ config, tensors: [shape = []] }) => {
  const axis = axisIn(config.axis ?? null, shape.length);
  const size = axis === null ? 0 : (shape[axis] ?? 0);
  if (axis === null || size === 0 || size > 64) return null;
  const left = reshaped(shape.slice(1).filter((_, i) => i + 1 !== axis));
  const graph = new Graph();
  return graph.ending(
    ...Array.from({ length: size }, (_, i) => graph.add(left && cut(shape, axis, i, i + 1) && [...(cut(shape, axis, i, i + 1) as KerasObject[]), ...left], -1)),
  );
};

/** Nearly equal parts, the first ones a place longer. */
const parts: Maker = ({ config, tensors: [shape = []] }) => {
  const axis = axisIn(config.axis ?? 0, shape.length);
  const size = axis === null ? 0 : (shape[axis] ?? 0);
  const count = config.indices_or_sections;
  if (axis === null || typeof count !== 'number' || count > size || count > 64) return null;
  const graph = new Graph();
  const border = (i: number) => i * Math.floor(size / count) + Math.min(i, size % count);
  return graph.ending(...Array.from({ length: count }, (_, i) => graph.add(cut(shape, axis, border(i), border(i + 1)), -1)));
};

/** Each place so many times as the list says. */
export const repeatedEach: Maker = ({ config, tensors: [shape = []] }) => {
  const axis = axisIn(config.axis ?? null, shape.length);
  const times = Array.isArray(config.repeats) ? config.repeats.map(Number) : null;
  if (axis === null || !times || times.length !== shape[axis]) return null;
  return inOrder(
    shape,
    axis,
    times.flatMap((count, place) => Array.from({ length: count }, () => place)),
  );
};

/** Channels into space, and back: rows and columns of blocks. */
const intoSpace: Maker = ({ config, tensors: [shape = []] }) => {
  const [, rows = 0, columns = 0, channels = 0] = shape;
  const b = numberOr(config.block_size, 0),
    own = channels / (b * b);
  if (!Number.isInteger(own) || rows * columns === 0 || config.data_format === 'channels_first') return null;
  return [
    ...layer('Reshape', { target_shape: [rows, columns, b, b, own] }),
    ...layer('Permute', { dims: [1, 3, 2, 4, 5] }),
    ...layer('Reshape', { target_shape: [rows * b, columns * b, own] }),
  ];
};
const intoChannels: Maker = ({ config, tensors: [shape = []] }) => {
  const [, rows = 0, columns = 0, channels = 0] = shape;
  const b = numberOr(config.block_size, 0);
  if (b < 1 || rows % b !== 0 || columns % b !== 0 || rows * columns === 0 || config.data_format === 'channels_first') return null;
  const [down, across] = [rows / b, columns / b];
  return [
    ...layer('Reshape', { target_shape: [down, b, across, b, channels] }),
    ...layer('Permute', { dims: [1, 3, 2, 4, 5] }),
    ...layer('Reshape', { target_shape: [down, across, b * b * channels] }),
  ];
};

/** Half of the channels, as far as the other half lets them. */
const gated: Maker = ({ config, tensors: [shape = []] }) => {
  const axis = axisIn(config.axis ?? -1, shape.length);
  const size = axis === null ? 0 : (shape[axis] ?? 0);
  if (axis === null || size < 2 || size % 2 !== 0) return null;
  const graph = new Graph();
  const [first, second] = [graph.add(cut(shape, axis, 0, size / 2), -1), graph.add(cut(shape, axis, size / 2, size), -1)];
  return graph.ending(graph.add(formula('a * sigmoid(b)'), first, second));
};

/** Without the logarithm of the sum of exponentials. */
const logShares: Maker = (called) => {
  if (isLast(called.config.axis ?? -1)) return layer('Activation', { activation: 'log_softmax' });
  const graph = new Graph();
  const most = graph.add(over('Max', called, true), -1);
  const shares = graph.add(formula('exp(a - b)'), -1, most);
  const sum = graph.add(over('Average', called, true, true), shares);
  return graph.ending(graph.add(formula('a - b - log(c)'), -1, most, sum));
};

/** By the root of the mean of squares. */
const rootMeanSquare: Maker = ({ args, config, tensors: [shape = []], entry }) => {
  const scale = kwargsOf(entry).scale ?? args[1] ?? null;
  return scale === null && isLast(config.axis ?? -1) && shape.length > 1
    ? [...layer('UnitNormalization', { axis: -1 }), ...formula(`x * ${Math.sqrt(shape.at(-1) as number)}`)]
    : null;
};
const layerNorm: Maker = ({ args, config }) =>
  args.slice(1).every((one) => one === null) && isLast(config.axis ?? -1) && config.rms_scaling !== true
    ? layer('LayerNormalization', { axis: -1, center: false, scale: false, epsilon: config.epsilon ?? 1e-7 })
    : null;

const counted: Maker = (called) => {
  const sum = over('Average', called, keeps(called), true);
  return sum && [...formula('abs(sign(x))'), ...sum];
};
/** Rounded to the nearest; of a half to the even one. */
const nearest = 'floor(x + 0.5) - where(floor(x + 0.5) - x >= 0.5, where(abs(floor(x + 0.5) - 2 * floor(floor(x + 0.5) / 2)) > 0.5, x * 0 + 1, x * 0), x * 0)';
const truncated = 'sign(x) * floor(abs(x))';
const saying =
  (text: string): Maker =>
  () =>
    formula(text);
const ofBoth =
  (write: (a: string, b: string) => string): Maker =>
  ({ args, tensors }) =>
    args.length === 2 ? combined(args, tensors, (a, b) => write(a as string, b as string)) : null;

/** The first that holds, or the number in place of all; of one condition alone. */
const selected: Maker = ({ args: [conditions, values, usual], tensors }) => {
  const [condition, ...more] = listOr(conditions ?? null),
    [value] = listOr(values ?? null);
  return more.length > 0 || condition === undefined || value === undefined || usual === undefined
    ? null
    : combined([condition, value, usual], tensors, (a, b, c) => `where(${a}, ${b}, ${c})`);
};

export const rarerMakers: Readonly<Record<string, Maker>> = {
  Cumsum: along('cumsum'),
  Cumprod: along('cumprod'),
  Prod: product,
  Diff: along('diff', ({ n = 1 }) => ({ n })),
  Sort: along('sort'),
  Argsort: along('argsort'),
  TopK: largest,
  Argmax: along('argmax', keepdims),
  Argmin: along('argmin', keepdims),
  OneHot: rows,
  Tril: ({ config }) => made('tril', { k: config.k ?? 0 }),
  Triu: ({ config }) => made('triu', { k: config.k ?? 0 }),
  ExtractPatches: patches,
  StopGradient: () => made('stopGradient', {}),
  Dot: fixedProduct,
  Tensordot: (called) => (called.config.axes === 1 ? fixedProduct(called) : null),
  Average: averaged,
  CropImages: around('Cropping2D', 'cropping'),
  PadImages: around('ZeroPadding2D', 'padding'),
  Resize: resized,
  RGBToGrayscale: ({ config }) => (config.data_format === 'channels_first' ? null : made('matmul', { shape: [3, 1], values: '0.2989, 0.587, 0.114' })),
  MaxPool: pooling('Max'),
  AveragePool: pooling('Average'),
  Unstack: apart,
  ArraySplit: parts,
  Hstack: () => layer('Concatenate', { axis: 1 }),
  DepthToSpace: intoSpace,
  SpaceToDepth: intoChannels,
  Glu: gated,
  Sparsemax: ({ config }) => (isLast(config.axis ?? -1) ? layer('Activation', { activation: 'sparsemax' }) : null),
  LogSoftmax: logShares,
  LayerNorm: layerNorm,
  RMSNorm: rootMeanSquare,
  CountNonzero: counted,
  Any: (called) => {
    const most = over('Max', called, keeps(called));
    return most && [...formula('abs(sign(x))'), ...most];
  },
  All: (called) => {
    const most = over('Max', called, keeps(called));
    return most && [...formula('-abs(sign(x))'), ...most, ...formula('-x')];
  },
  Select: selected,
  Round: ({ config }) => (numberOr(config.decimals, 0) === 0 ? formula(nearest) : null),
  Trunc: saying(truncated),
  Exp2: saying('2 ^ x'),
  Cbrt: saying('sign(x) * abs(x) ^ (1 / 3)'),
  Deg2rad: saying(`x * ${Math.PI / 180}`),
  Hypot: ofBoth((a, b) => `sqrt(${a} * ${a} + ${b} * ${b})`),
  Mod: ofBoth((a, b) => `${a} - floor(${a} / ${b}) * ${b}`),
  FloorDivide: ofBoth((a, b) => `floor(${a} / ${b})`),
  LogicalXor: ofBoth((a, b) => `abs(abs(sign(${a})) - abs(sign(${b})))`),
  FullLike: ({ args }) => (typeof args[1] === 'number' ? formula(`x * 0 + ${args[1]}`) : null),
  SaturateCast: ({ config }) => (config.dtype === 'float32' ? layer('Identity', {}) : null),
};
