// Operations on tensors in the code that built a Keras model (`x * 2`, `x[:, -1]`, `ops.mean`) as the layers that say the same: formulas
// for what is done value by value, layers of Keras for what moves values or takes them together. What has none stays what it is.

import type { Json } from '../../../shared/project/plainJson.ts';
import { sizeOf } from '../../../shared/tensor/types.ts';
import { isObject, type KerasObject, listOr, objectOr, textOr } from './savedModel.ts';

/** How a layer is called that stands here for an operation; its class then is one of Keras' own, or `Expression`. */
export const standIn = 'netwright';

/** By its module; files of the older kind have none, but there too only a layer says whether it is trained. */
export function isOperation({ module = null, class_name: name = null, config, inbound_nodes: nodes }: KerasObject): boolean {
  if (typeof module === 'string') return /^keras\.(src\.)?(ops|activations)\b/.test(module);
  // No layer is called Cast; its dtype is what it turns values into.
  return isObject(listOr(nodes)[0]) && !('trainable' in objectOr(config)) && (name === 'Cast' || !('dtype' in objectOr(config)));
}

/** What an operation was called with, in order: shapes of tensors (the batch first), and everything else as it stands. */
interface Called {
  readonly entry: KerasObject;
  readonly config: KerasObject;
  readonly args: readonly Json[];
  readonly tensors: readonly (readonly number[])[];
  /** Whether steps of sequences may be masked. */
  readonly masked: boolean;
}

/**
 * The layers that an operation is, one behind the other, without names; null where there are none.
 * @param masked whether steps of sequences may be masked in the model: no operation heeds a mask or hands one on, while layers do
 */
export function layersOfOperation(entry: KerasObject, masked: boolean): readonly KerasObject[] | null {
  if (!isOperation(entry)) return null;
  const [call, ...more] = listOr(entry.inbound_nodes).map(objectOr);
  const args = listOr(call?.args);
  const tensors = args.flatMap((arg) => tensorShapes(arg));
  if (!call || more.length > 0 || tensors.length === 0) return null;
  const called = { entry, config: objectOr(entry.config), args, tensors, masked };
  const made = makers[textOr(entry.class_name, '')]?.(called) ?? null;
  return made && masked ? withoutMask(made, called) : made;
}

/** Layers that hand a mask on. */
const keepsMask = new Set(['Activation', 'Softmax', 'LeakyReLU', 'ReLU', 'Identity', 'Concatenate']);

/** Reshape knows nothing of masks: behind a layer that would hand one on it keeps the shape and ends the mask. */
function withoutMask(made: readonly KerasObject[], { config, tensors }: Called): readonly KerasObject[] | null {
  const last = textOr(made.at(-1)?.class_name, '');
  if (!keepsMask.has(last)) return made;
  const shape = last === 'Concatenate' ? joined(tensors, config.axis ?? -1) : (tensors[0] ?? []);
  const ended = reshaped(shape.slice(1));
  return ended && [...made, ...ended];
}

function joined(tensors: readonly (readonly number[])[], axis: Json): readonly number[] {
  const [first = []] = tensors;
  const place = typeof axis === 'number' && axis < 0 ? axis + first.length : axis;
  return first.map((size, i) => (i === place ? tensors.reduce((sum, shape) => sum + (shape[i] ?? 0), 0) : size));
}

const isTensor = (arg: Json | undefined): arg is KerasObject => isObject(arg) && arg.class_name === '__keras_tensor__';
/** Open sizes are 0. */
function tensorShapes(arg: Json): readonly (readonly number[])[] {
  if (Array.isArray(arg)) return arg.flatMap(tensorShapes);
  return isTensor(arg) ? [listOr(objectOr(arg.config).shape).map((size) => (typeof size === 'number' ? size : 0))] : [];
}

type Maker = (called: Called) => readonly KerasObject[] | null;
const layer = (className: string, config: KerasObject): KerasObject[] => [{ module: 'keras.layers', class_name: className, config }];
const formula = (text: string): KerasObject[] => [{ module: standIn, class_name: 'Expression', config: { formula: text } }];

/** A number in a call, also as a tensor of its own. */
function numberIn(arg: Json | undefined): number | null {
  const value = isObject(arg) && arg.class_name === '__tensor__' ? objectOr(arg.config).value : arg;
  return typeof value === 'number' ? value : null;
}
const written = (value: number): string => (value < 0 ? `(${value})` : String(value));

/** Of two values each is a tensor (a, then b; x where it is the only one) or a number. */
const ofTwo =
  (write: (first: string, second: string) => string): Maker =>
  ({ args }) => {
    const names = args.filter(isTensor).length === 1 ? ['x'] : ['a', 'b'];
    const words = args.slice(0, 2).map((arg) => {
      const value = numberIn(arg);
      return isTensor(arg) ? (names.shift() ?? null) : value === null ? null : written(value);
    });
    const [first, second] = words;
    return typeof first === 'string' && typeof second === 'string' ? formula(write(first, second)) : null;
  };
/** A choice between two, by what is not 0; each a tensor or a number. */
const chosen: Maker = ({ args }) => {
  const names = args.filter(isTensor).length === 1 ? ['x'] : ['a', 'b', 'c'];
  const words = args.slice(0, 3).map((arg) => {
    const value = numberIn(arg);
    return isTensor(arg) ? names.shift() : value === null ? undefined : written(value);
  });
  return words.length === 3 && words.every((word) => word !== undefined) ? formula(`where(${words.join(', ')})`) : null;
};
const infix = (sign: string): Maker => ofTwo((first, second) => `${first} ${sign} ${second}`);
/** The layer of Keras where both are tensors: so a residual connection stays what people call it. */
const orLayer =
  (className: string, otherwise: Maker): Maker =>
  (called) =>
    called.tensors.length === 2 && !called.masked ? layer(className, {}) : otherwise(called);
const ofOne =
  (name: string): Maker =>
  () =>
    formula(`${name}(x)`);
const activation =
  (name: string, usual: KerasObject = {}): Maker =>
  ({ config: { name: _, ...config } }) =>
    Object.entries(config).every(([key, value]) => value === (usual[key] ?? null)) ? layer('Activation', { activation: name }) : null;

/** The axes counted from the front, in order; null for an axis that cannot be told. */
function axesIn(value: Json | undefined, rank: number): readonly number[] | null {
  const all = Array.isArray(value) ? value : [value ?? null];
  const axes = all.map((axis) => (typeof axis === 'number' ? (axis < 0 ? axis + rank : axis) : -1));
  return axes.every((axis) => axis > 0) ? axes.sort((a, b) => a - b) : null;
}

/** Taking all places along some axes together: the layer of Keras where they are those between batch and channels. */
const pooled =
  (kind: 'Average' | 'Max', around: (text: string, count: number) => string = (text) => text): Maker =>
  ({ config, tensors: [shape = []], masked }) => {
    const all = shape.slice(1).map((_, i) => i + 1);
    const axes = config.axis === null || config.axis === undefined ? null : axesIn(config.axis, shape.length);
    if (!axes || axes.some((axis) => axis >= shape.length)) return null;
    const count = sizeOf(axes.map((axis) => shape[axis] as number));
    const outside = around('x', count) === 'x' ? [] : formula(around('x', count));
    const isMiddle = axes.length === all.length - 1 && axes.every((axis, i) => axis === i + 1);
    if (isMiddle && axes.length <= 3 && !masked) return [...layer(`Global${kind}Pooling${axes.length}D`, { keepdims: config.keepdims ?? false }), ...outside];
    const pools = pooledAlong(kind, shape, axes, config.keepdims === true);
    return pools && [...pools, ...outside];
  };

/** Those axes first, then as one sequence of values that are pooled, then in the shape that is left. */
function pooledAlong(kind: string, shape: readonly number[], axes: readonly number[], keepsAxes: boolean): readonly KerasObject[] | null {
  const others = shape.flatMap((_, axis) => (axis === 0 || axes.includes(axis) ? [] : [axis]));
  const left = keepsAxes ? shape.slice(1).map((size, i) => (axes.includes(i + 1) ? 1 : size)) : others.map((axis) => shape[axis] as number);
  const flat = [axes, others].map((list) => sizeOf(list.map((axis) => shape[axis] as number)));
  const order = [...axes, ...others];
  const turned = order.every((axis, i) => axis === i + 1) ? [] : layer('Permute', { dims: order });
  const [before, after] = [reshaped(flat), reshaped(left)];
  return before && after && left.length > 0 ? [...turned, ...before, ...layer(`Global${kind}Pooling1D`, {}), ...after] : null;
}

/** Along a new axis: joined along the first of a sample's, of which every tensor then is one place, which goes where the new one stands. */
const stacked: Maker = ({ config, tensors }) => {
  const [shape = []] = tensors;
  const [axis] = axesIn(config.axis ?? 0, shape.length + 1) ?? [];
  const apart = reshaped([tensors.length, ...shape.slice(1)]);
  if (axis === undefined || shape.length < 2 || !apart) return null;
  const rest = shape.slice(1).map((_, i) => i + 2);
  const turned = axis === 1 ? [] : layer('Permute', { dims: [...rest.slice(0, axis - 1), 1, ...rest.slice(axis - 1)] });
  return [...layer('Concatenate', { axis: 1 }), ...apart, ...turned];
};

const reshaped = (target: readonly number[]): KerasObject[] | null => (target.every((size) => size !== 0) ? layer('Reshape', { target_shape: target }) : null);

const squeezed: Maker = ({ config, tensors: [shape = []] }) => {
  const axes = axesIn(config.axis, shape.length);
  return axes && reshaped(shape.flatMap((size, axis) => (axis === 0 || axes.includes(axis) ? [] : [size])));
};
const expanded: Maker = ({ config, tensors: [shape = []] }) => {
  const [axis] = axesIn(config.axis, shape.length + 1) ?? [];
  return axis === undefined ? null : reshaped([...shape.slice(1, axis), 1, ...shape.slice(axis)]);
};
const reshape: Maker = ({ config, tensors: [shape = []] }) => {
  const target = listOr(config.newshape);
  // The batch may be left open, or be what is left where the rest of a sample is told.
  const [batch, ...sample] = target.map((size) => (typeof size === 'number' ? size : -1));
  const isSample = sizeOf(sample) === sizeOf(shape.slice(1)) || sample.filter((size) => size === -1).length === 1;
  return batch === -1 && isSample ? reshaped(sample) : null;
};
const transposed: Maker = ({ config, tensors: [shape = []] }) => {
  const axes = listOr(config.axes);
  return axes[0] === 0 && axes.length === shape.length ? layer('Permute', { dims: axes.slice(1) }) : null;
};
const matmul: Maker = ({ tensors: [first = [], second = []] }) => (first.length === 3 && second.length === 3 ? layer('Dot', { axes: [2, 1] }) : null);
const padded: Maker = ({ config, tensors: [shape = []] }) => {
  const [batch, ...pads] = listOr(config.pad_width).map(listOr);
  const channels = pads.pop();
  const isPlain = [...(batch ?? []), ...(channels ?? [])].every((one) => one === 0) && config.mode === 'constant';
  if (!isPlain || pads.length !== shape.length - 2 || pads.length < 1 || pads.length > 3) return null;
  return layer(`ZeroPadding${pads.length}D`, { padding: pads.length === 1 ? (pads[0] as Json) : pads });
};

interface Cut {
  readonly begin: number;
  readonly end: number;
  /** Whether the axis goes: one place of it is taken. */
  readonly single: boolean;
  /** Every so-manieth place. */
  readonly step: number;
}

/** What of an axis of that size stays; null where it is turned round. */
function cutOf(item: Json | undefined, size: number): Cut | null {
  const at = (value: Json | undefined, usual: number) => (typeof value === 'number' ? Math.min(size, Math.max(0, value < 0 ? value + size : value)) : usual);
  if (typeof item === 'number') return { begin: at(item, 0), end: at(item, 0) + 1, single: true, step: 1 };
  const { start = null, stop = null, step = null } = objectOr(objectOr(item).config);
  const width = step ?? 1;
  return isObject(item) && item.class_name === '__slice__' && typeof width === 'number' && width >= 1
    ? { begin: at(start, 0), end: at(stop, size), single: false, step: width }
    : null;
}

/** `x[:, -1]`, `x[..., :2]`: cut along its axes, between changes of shape. */
const taken: Maker = ({ args: [, given], tensors: [shape = []] }) => {
  const items = Array.isArray(given) ? given : [given ?? null];
  const open: Json = { class_name: '__slice__', config: {} };
  const dots = items.findIndex((item) => objectOr(item).class_name === '__ellipsis__');
  const spread = dots < 0 ? items : [...items.slice(0, dots), ...Array.from({ length: shape.length - items.length + 1 }, () => open), ...items.slice(dots + 1)];
  const cuts = shape.slice(1).map((size, i) => cutOf(spread[i + 1] ?? open, size));
  const isWhole = JSON.stringify(cutOf(spread[0] ?? open, 2)) === JSON.stringify({ begin: 0, end: 2, single: false, step: 1 });
  if (!isWhole || spread.length > shape.length || shape.slice(1).includes(0) || cuts.includes(null)) return null;
  return cutAlong(shape.slice(1), cuts as Cut[]);
};

/** One axis after the other, then without those of which a single place was taken. */
function cutAlong(sample: readonly number[], cuts: readonly Cut[]): readonly KerasObject[] | null {
  const sizes = [...sample];
  const steps = cuts.flatMap(({ begin, end, step }, axis) => {
    if (end - begin === sample[axis] && step === 1) return [];
    const cut = cutOne(sizes, axis, [begin, (sample[axis] as number) - end], step);
    sizes[axis] = Math.ceil((end - begin) / step);
    return cut;
  });
  const rest = sizes.filter((_, axis) => !cuts[axis]?.single);
  return sizes.every((size) => size > 0) ? [...steps, ...layer('Reshape', { target_shape: rest.length === 0 ? [1] : rest })] : null;
}

/** What stands before and behind the axis is taken together for the while; of every so many places pooling takes the first. */
function cutOne(sizes: readonly number[], axis: number, borders: readonly number[], step: number): readonly KerasObject[] {
  const outer = sizeOf(sizes.slice(0, axis)),
    size = sizes[axis] as number,
    inner = sizeOf(sizes.slice(axis + 1));
  const isFlat = outer === 1;
  const shaped = layer('Reshape', { target_shape: isFlat ? [size, inner] : [outer, size, inner] });
  const cropped = isFlat ? layer('Cropping1D', { cropping: borders }) : layer('Cropping2D', { cropping: [[0, 0], borders] });
  const thinned = isFlat ? layer('MaxPooling1D', { pool_size: 1, strides: step }) : layer('MaxPooling2D', { pool_size: [1, 1], strides: [1, step] });
  return [...shaped, ...(borders.every((one) => one === 0) ? [] : cropped), ...(step === 1 ? [] : thinned)];
}

/** Keras' approximation of gelu, √(2/π) in it. */
const roughGelu = '0.5 * x * (1 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)))';

const clipped: Maker = ({ config: { x_min: least = null, x_max: most = null } }) =>
  typeof least === 'number' && typeof most === 'number' ? formula(`clip(x, ${least}, ${most})`) : null;

const makers: Readonly<Record<string, Maker>> = {
  Add: orLayer('Add', infix('+')),
  Subtract: orLayer('Subtract', infix('-')),
  Multiply: orLayer('Multiply', infix('*')),
  Maximum: orLayer(
    'Maximum',
    ofTwo((first, second) => `max(${first}, ${second})`),
  ),
  Minimum: orLayer(
    'Minimum',
    ofTwo((first, second) => `min(${first}, ${second})`),
  ),
  TrueDivide: infix('/'),
  Divide: infix('/'),
  Power: infix('^'),
  Negative: () => formula('-x'),
  Absolute: ofOne('abs'),
  Abs: ofOne('abs'),
  Sign: ofOne('sign'),
  Square: ofOne('square'),
  Sqrt: ofOne('sqrt'),
  Exp: ofOne('exp'),
  Log: ofOne('log'),
  Sin: ofOne('sin'),
  Cos: ofOne('cos'),
  Erf: ofOne('erf'),
  Where: chosen,
  Rsqrt: () => formula('1 / sqrt(x)'),
  Reciprocal: () => formula('1 / x'),
  Log1p: () => formula('log(1 + x)'),
  Expm1: () => formula('exp(x) - 1'),
  Floor: ofOne('floor'),
  Clip: clipped,
  Relu: activation('relu'),
  Relu6: activation('relu6'),
  Sigmoid: activation('sigmoid'),
  Tanh: activation('tanh'),
  Silu: activation('silu'),
  Softplus: activation('softplus'),
  Softsign: activation('softsign'),
  HardSigmoid: activation('hard_sigmoid'),
  HardSilu: activation('hard_silu'),
  Selu: activation('selu'),
  Elu: activation('elu', { alpha: 1 }),
  Gelu: ({ config }) => (config.approximate === false ? layer('Activation', { activation: 'gelu' }) : formula(roughGelu)),
  Softmax: ({ config }) => layer('Softmax', { axis: config.axis ?? -1 }),
  LeakyRelu: ({ config }) => layer('LeakyReLU', { negative_slope: config.negative_slope ?? 0.2 }),
  ReLU: ({ config: { name: _, ...config } }) => layer('ReLU', config),
  Mean: pooled('Average'),
  Max: pooled('Max'),
  Amax: pooled('Max'),
  Sum: pooled('Average', (text, count) => `${text} * ${count}`),
  Stack: stacked,
  Reshape: reshape,
  Transpose: transposed,
  ExpandDims: expanded,
  Squeeze: squeezed,
  Concatenate: ({ config }) => layer('Concatenate', { axis: config.axis ?? -1 }),
  Matmul: matmul,
  Pad: padded,
  GetItem: taken,
  Cast: ({ config }) => (config.dtype === 'float32' ? layer('Identity', {}) : config.dtype === 'bool' ? formula('abs(sign(x))') : null),
  NotEqual: ofTwo((first, second) => `abs(sign(${first} - ${second}))`),
  Equal: ofTwo((first, second) => `1 - abs(sign(${first} - ${second}))`),
  Greater: infix('>'),
  GreaterEqual: infix('>='),
  Less: infix('<'),
  LessEqual: infix('<='),
  LogicalAnd: ofTwo((first, second) => `${first} * ${second}`),
  LogicalOr: ofTwo((first, second) => `max(${first}, ${second})`),
  LogicalNot: () => formula('1 - x'),
};
