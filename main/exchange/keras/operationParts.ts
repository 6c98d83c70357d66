// What the layers that stand for operations are put together from: values' names, axes, changes of shape, cuts, and taking places together.

import type { Json } from '../../../shared/project/plainJson.ts';
import { sizeOf } from '../../../shared/tensor/types.ts';
import { isObject, type KerasObject, listOr, objectOr } from './savedModel.ts';

/** How a layer is called that stands here for an operation; its class then is one of Keras' own, `Expression`, `Einsum` or `Operation`. */
export const standIn = 'netwright';
/** Where such a layer holds its weights, if the file has them in the call. */
export const givenKey = 'netwright_given';

/** What an operation was called with, in order: shapes of tensors (the batch first), and everything else as it stands. */
export interface Called {
  readonly entry: KerasObject;
  readonly config: KerasObject;
  readonly args: readonly Json[];
  readonly tensors: readonly (readonly number[])[];
  /** Whether steps of sequences may be masked. */
  readonly masked: boolean;
}

export const isTensor = (arg: Json | undefined): arg is KerasObject => isObject(arg) && arg.class_name === '__keras_tensor__';
/** Open sizes are 0. */
export function tensorShapes(arg: Json): readonly (readonly number[])[] {
  if (Array.isArray(arg)) return arg.flatMap(tensorShapes);
  return isTensor(arg) ? [listOr(objectOr(arg.config).shape).map((size) => (typeof size === 'number' ? size : 0))] : [];
}

export type Maker = (called: Called) => readonly KerasObject[] | null;
export const layer = (className: string, config: KerasObject): KerasObject[] => [{ module: 'keras.layers', class_name: className, config }];
/** Axes by letters, as Keras' einsum takes them. */
export const equation = (text: string): KerasObject[] => [{ module: standIn, class_name: 'Einsum', config: { equation: text } }];
export const formula = (text: string): KerasObject[] => [{ module: standIn, class_name: 'Expression', config: { formula: text } }];

/** An operation that is a layer of ours. */
export const made = (kind: string, parameters: KerasObject): KerasObject[] => [
  { module: standIn, class_name: 'Operation', config: { operation: { kind, parameters } } },
];

/** A number in a call, also as a tensor of its own. */
export function numberIn(arg: Json | undefined): number | null {
  const value = isObject(arg) && arg.class_name === '__tensor__' ? objectOr(arg.config).value : arg;
  return typeof value === 'number' ? value : null;
}
export const written = (value: number): string => (value < 0 ? `(${value})` : String(value));

/** The axes counted from the front, in order; null for an axis that cannot be told. */
export function axesIn(value: Json | undefined, rank: number): readonly number[] | null {
  const all = Array.isArray(value) ? value : [value ?? null];
  const axes = all.map((axis) => (typeof axis === 'number' ? (axis < 0 ? axis + rank : axis) : -1));
  return axes.every((axis) => axis > 0) ? axes.sort((a, b) => a - b) : null;
}

/** Taking all places along some axes together: the layer of Keras where they are those between batch and channels. */
export const pooled =
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
  return before && after ? [...turned, ...before, ...layer(`Global${kind}Pooling1D`, {}), ...after] : null;
}

/** A single number for each sample stays one feature. */
export const reshaped = (target: readonly number[]): KerasObject[] | null =>
  target.every((size) => size !== 0) ? layer('Reshape', { target_shape: target.length === 0 ? [1] : target }) : null;

export interface Cut {
  readonly begin: number;
  readonly end: number;
  /** Whether the axis goes: one place of it is taken. */
  readonly single: boolean;
  /** Every so-manieth place. */
  readonly step: number;
}

/** What of an axis of that size stays; null where it is turned round. */
export function cutOf(item: Json | undefined, size: number): Cut | null {
  const at = (value: Json | undefined, usual: number) => (typeof value === 'number' ? Math.min(size, Math.max(0, value < 0 ? value + size : value)) : usual);
  if (typeof item === 'number') return { begin: at(item, 0), end: at(item, 0) + 1, single: true, step: 1 };
  const { start = null, stop = null, step = null } = objectOr(objectOr(item).config);
  const width = step ?? 1;
  return isObject(item) && item.class_name === '__slice__' && typeof width === 'number' && width >= 1
    ? { begin: at(start, 0), end: at(stop, size), single: false, step: width }
    : null;
}

/** One axis after the other, then without those of which a single place was taken. */
export function cutAlong(sample: readonly number[], cuts: readonly Cut[]): readonly KerasObject[] | null {
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
export function cutOne(sizes: readonly number[], axis: number, borders: readonly number[], step: number): readonly KerasObject[] {
  const outer = sizeOf(sizes.slice(0, axis)),
    size = sizes[axis] as number,
    inner = sizeOf(sizes.slice(axis + 1));
  const isFlat = outer === 1;
  const shaped = layer('Reshape', { target_shape: isFlat ? [size, inner] : [outer, size, inner] });
  const cropped = isFlat ? layer('Cropping1D', { cropping: borders }) : layer('Cropping2D', { cropping: [[0, 0], borders] });
  const thinned = isFlat ? layer('MaxPooling1D', { pool_size: 1, strides: step }) : layer('MaxPooling2D', { pool_size: [1, 1], strides: [1, step] });
  return [...shaped, ...(borders.every((one) => one === 0) ? [] : cropped), ...(step === 1 ? [] : thinned)];
}
