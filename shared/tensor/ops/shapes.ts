// What shape rules share: checks with their sentences, axes, strides. No operation itself.

import { ShapeError } from '../operation.ts';
import { type DType, formatShape, type Shape, sizeOf, type TensorType } from '../types.ts';

const listed = (words: readonly (string | number)[]): string => words.join(' or ');

/** @throws ShapeError unless the type is one of those allowed */
export function requireType(type: TensorType, allowed: readonly DType[], what: string): void {
  if (!allowed.includes(type.dtype)) throw new ShapeError(`${what} works on ${listed(allowed)}, but gets ${type.dtype}: cast it first.`);
}

/** @throws ShapeError unless the rank is the one expected */
export function requireRank(type: TensorType, rank: number, what: string): void {
  if (type.shape.length !== rank) throw new ShapeError(`${what} must have ${rank} axes, but has the shape ${formatShape(type.shape)}.`);
}

/** @throws ShapeError unless the value is a whole number of at least `least` */
export function requireInteger(value: number, least: number, what: string): void {
  if (!Number.isInteger(value) || value < least) throw new ShapeError(`${what} must be a whole number of at least ${least}, but is ${value}.`);
}

/** The axis counted from the front; -1 is the last. @throws ShapeError */
export function positiveAxis(axis: number, rank: number, what: string): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || positive < 0 || positive >= rank) throw new ShapeError(`${what} has no axis ${axis}: its input has ${rank} axes.`);
  return positive;
}

/** The size of one axis. */
export const sizeAt = (shape: Shape, axis: number): number => shape.at(axis) as number;

/** A copy with one axis changed. */
export const withSize = (shape: Shape, axis: number, size: number): number[] => shape.map((old, i) => (i === axis ? size : old));

/** How far apart neighbours along each axis lie, row-major. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis] as number;
  }
  return strides;
}

/** Sizes before, at and after an axis: an array seen as [outer, size, inner]. */
export const aroundAxis = (shape: Shape, axis: number): { outer: number; size: number; inner: number } => ({
  outer: sizeOf(shape.slice(0, axis)),
  size: sizeAt(shape, axis),
  inner: sizeOf(shape.slice(axis + 1)),
});

/** For each element of an array of this shape, row-major: offset + Σ coordinate · stride. */
export function stridedIndices(shape: Shape, strides: readonly number[], offset = 0): Int32Array {
  const indices = new Int32Array(sizeOf(shape)).fill(offset);
  let block = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = sizeAt(shape, axis),
      stride = strides[axis] as number;
    if (size > 1 && stride !== 0) for (let i = 0; i < indices.length; i++) indices[i] = (indices[i] as number) + (Math.floor(i / block) % size) * stride;
    block *= size;
  }
  return indices;
}

/** The elements at these places. */
export const pick = (data: Float64Array, indices: Int32Array): Float64Array => Float64Array.from(indices, (index) => data[index] as number);
