// Operations on tensors in the code that built a Keras model (`x * 2`, `x[:, -1]`, `ops.mean`) as the layers that say the same: formulas
// for what is done value by value, layers of Keras for what moves values or takes them together. What has none stays what it is.

import type { Json } from '../../../shared/project/plainJson.ts';
import { sizeOf } from '../../../shared/tensor/types.ts';
import { withArray } from './constants.ts';
import { furtherMakers, inOrder, paddedAnywhere, valueOfPadding } from './furtherOperations.ts';
import { combined } from './operationGraph.ts';
import { axesIn, type Called, type Cut, cutAlong, cutOf, equation, formula, layer, type Maker, pooled, reshaped, tensorShapes } from './operationParts.ts';
import { fixedProduct, paddedOtherwise, rarerMakers, repeatedEach } from './rarerOperations.ts';
import { isObject, type KerasObject, listOr, objectOr, textOr } from './savedModel.ts';

/** By its module; files of the older kind have none, but there too only a layer says whether it is trained. */
export function isOperation({ module = null, class_name: name = null, config, inbound_nodes: nodes }: KerasObject): boolean {
  if (typeof module === 'string') return /^keras\.(src\.)?(ops|activations)\b/.test(module);
  // No layer is called Cast; its dtype is what it turns values into.
  return isObject(listOr(nodes)[0]) && !('trainable' in objectOr(config)) && (name === 'Cast' || !('dtype' in objectOr(config)));
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
const keepsMask = new Set(['Activation', 'Softmax', 'LeakyReLU', 'ReLU', 'Identity', 'Concatenate', 'Rescaling', 'PositionEmbedding']);

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

/** Of two values, each a tensor (a, then b; x where it is the only one), a number, or fixed numbers. */
const ofTwo =
  (write: (first: string, second: string) => string): Maker =>
  ({ args, tensors }) =>
    args.length === 2 ? combined(args, tensors, (first, second) => write(first as string, second as string)) : null;
/** A choice between two, by what is not 0; each a tensor, a number or fixed numbers. */
const chosen: Maker = ({ args, tensors }) => (args.length === 3 ? combined(args, tensors, (...words) => `where(${words.join(', ')})`) : null);
const infix = (sign: string): Maker => ofTwo((first, second) => `${first} ${sign} ${second}`);
/** Also with an array: by a layer where there is one for it. */
const computed =
  (sign: Parameters<typeof withArray>[0]): Maker =>
  (called) =>
    withArray(sign)(called) ?? infix(sign)(called);
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
/** Matrix by matrix, the axes before them side by side. */
const matmul: Maker = ({ tensors: [first = [], second = []] }) => {
  if (first.length === 3 && second.length === 3) return layer('Dot', { axes: [2, 1] });
  const before = 'abcdef'.slice(0, first.length - 2);
  const isAlike = first.length === second.length && first.length > 3 && before.length === first.length - 2;
  return isAlike && first.slice(1, -2).every((size, i) => size === second[i + 1]) ? equation(`${before}mk,${before}kn->${before}mn`) : null;
};
/** One or two tensors, with the batch first in each and in the result. */
const named: Maker = ({ config, tensors }) => {
  const text = textOr(config.subscripts, '').replaceAll(' ', '');
  const [batch = ''] = text;
  const starts = text.split(/,|->/).map((term) => term[0]);
  return tensors.length <= 2 && text.includes('->') && starts.length === tensors.length + 1 && starts.every((start) => start === batch) ? equation(text) : null;
};
const padded: Maker = ({ config, tensors: [shape = []], entry }) => {
  const [batch, ...pads] = listOr(config.pad_width).map(listOr);
  const channels = pads.pop();
  const isPlain = [...(batch ?? []), ...(channels ?? [])].every((one) => one === 0) && config.mode === 'constant' && !valueOfPadding(entry);
  if (!isPlain || pads.length !== shape.length - 2 || pads.length < 1 || pads.length > 3) return null;
  return layer(`ZeroPadding${pads.length}D`, { padding: pads.length === 1 ? (pads[0] as Json) : pads });
};

const wholeAxis: Json = { class_name: '__slice__', config: {} };
const isReversed = (item: Json): boolean => {
  const { start = null, stop = null, step = null } = objectOr(objectOr(item).config);
  return step === -1 && start === null && stop === null;
};

/** `x[:, -1]`, `x[..., :2]`, `x[:, None]`, `x[:, ::-1]`: cut along its axes, between changes of shape. */
const taken: Maker = ({ args: [, given], tensors: [shape = []] }) => {
  const items = Array.isArray(given) ? given : [given ?? null];
  const dots = items.findIndex((item) => objectOr(item).class_name === '__ellipsis__');
  const spread =
    dots < 0 ? items : [...items.slice(0, dots), ...openAxes(shape.length - items.filter((item) => item !== null).length + 1), ...items.slice(dots + 1)];
  const full = [...spread, ...openAxes(shape.length - spread.filter((item) => item !== null).length)];
  const own = full.filter((item) => item !== null);
  const back = own.findIndex(isReversed);
  const cuts = shape.slice(1).map((size, i) => cutOf(isReversed(own[i + 1] ?? null) ? wholeAxis : own[i + 1], size));
  const isWhole = full[0] !== null && JSON.stringify(cutOf(own[0], 2)) === JSON.stringify({ begin: 0, end: 2, single: false, step: 1 });
  if (!isWhole || own.length !== shape.length || shape.slice(1).includes(0) || cuts.includes(null)) return null;
  if (own.filter(isReversed).length > 1) return null;
  const turned =
    back < 0
      ? []
      : inOrder(
          shape,
          back,
          Array.from({ length: shape[back] as number }, (_, i) => (shape[back] as number) - 1 - i),
        );
  const cut = cutAlong(shape.slice(1), cuts as Cut[]);
  return turned && cut && [...turned, ...cut, ...withNewAxes(full, shape.slice(1), cuts as Cut[])];
};
const openAxes = (count: number): Json[] => Array.from({ length: Math.max(0, count) }, () => wholeAxis);

/** A last change of shape where an axis of one place is asked for. */
function withNewAxes(items: readonly Json[], sizes: readonly number[], cuts: readonly Cut[]): readonly KerasObject[] {
  if (!items.includes(null)) return [];
  let axis = 0;
  const shape = items.slice(1).flatMap((item) => {
    if (item === null) return [1];
    const { begin, end, step, single } = cuts[axis++] as Cut;
    return single ? [] : [Math.ceil((end - begin) / step)];
  });
  return sizes.length > 0 ? layer('Reshape', { target_shape: shape }) : [];
}

/** Keras' approximation of gelu, √(2/π) in it. */
const roughGelu = '0.5 * x * (1 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)))';

const clipped: Maker = ({ config: { x_min: least = null, x_max: most = null } }) =>
  typeof least === 'number' && typeof most === 'number' ? formula(`clip(x, ${least}, ${most})`) : null;

/** Whole numbers are kept as such by what follows; here they stand as numbers without a fraction. */
function castTo(dtype: Json): ReturnType<Maker> {
  if (dtype === 'float32') return layer('Identity', {});
  if (dtype === 'bool') return formula('abs(sign(x))');
  return dtype === 'int32' || dtype === 'int64' ? formula('sign(x) * floor(abs(x))') : null;
}

/** Along an axis of open size a mean cannot be multiplied by its count: there an equation leaves the axis out. */
const summed: Maker = (called) => {
  const { config, tensors } = called;
  const [shape = []] = tensors;
  const axes = axesIn(config.axis, shape.length);
  const isOpen = axes?.some((axis) => shape[axis] === 0) ?? false;
  if (!axes || !isOpen || config.keepdims === true) return pooled('Average', (text, count) => `${text} * ${count}`)(called);
  const letters = shape.map((_, axis) => String.fromCharCode(97 + axis));
  return equation(`${letters.join('')}->${letters.filter((_, axis) => !axes.includes(axis)).join('')}`);
};

const makers: Readonly<Record<string, Maker>> = {
  Add: orLayer('Add', computed('+')),
  Subtract: orLayer('Subtract', computed('-')),
  Multiply: orLayer('Multiply', computed('*')),
  Maximum: orLayer(
    'Maximum',
    ofTwo((first, second) => `max(${first}, ${second})`),
  ),
  Minimum: orLayer(
    'Minimum',
    ofTwo((first, second) => `min(${first}, ${second})`),
  ),
  TrueDivide: computed('/'),
  Divide: computed('/'),
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
  Sum: summed,
  Stack: stacked,
  Reshape: reshape,
  Transpose: transposed,
  ExpandDims: expanded,
  Squeeze: squeezed,
  Concatenate: ({ config }) => layer('Concatenate', { axis: config.axis ?? -1 }),
  Matmul: (called) => matmul(called) ?? fixedProduct(called),
  Einsum: named,
  Pad: (called) => padded(called) ?? paddedAnywhere(called) ?? paddedOtherwise(called),
  GetItem: taken,
  Cast: ({ config }) => castTo(config.dtype ?? null),
  NotEqual: ofTwo((first, second) => `abs(sign(${first} - ${second}))`),
  Equal: ofTwo((first, second) => `1 - abs(sign(${first} - ${second}))`),
  Greater: infix('>'),
  GreaterEqual: infix('>='),
  Less: infix('<'),
  LessEqual: infix('<='),
  LogicalAnd: ofTwo((first, second) => `${first} * ${second}`),
  LogicalOr: ofTwo((first, second) => `max(${first}, ${second})`),
  LogicalNot: () => formula('1 - x'),
  ...furtherMakers,
  ...rarerMakers,
  Repeat: (called) => furtherMakers.Repeat?.(called) ?? repeatedEach(called),
};
