// Random sizes and arrays for the operations' samples: each kind keeps away from something that would spoil a comparison.

import { uniformAt } from '../lib/random.ts';
import type { NumericArray } from './operation.ts';
import { type DType, type Shape, sizeOf } from './types.ts';

export interface SampleInput extends NumericArray {
  readonly dtype: DType;
}
/** Random numbers, drawn one after the other from a seed. */
export class Draw {
  private readonly key: number;
  private count = 0;

  constructor(key: number) {
    this.key = key;
  }

  uniform(low: number, high: number): number {
    return low + (high - low) * uniformAt(this.key, this.count++);
  }
  /** Both ends included. */
  integer(low: number, high: number): number {
    return Math.floor(this.uniform(low, high + 1));
  }
  of<T>(...choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)] as T;
  }
  shape(least: number, most: number): number[] {
    return this.sizes(this.integer(least, most));
  }
  sizes(rank: number): number[] {
    return Array.from({ length: rank }, () => this.integer(1, 4));
  }
  array(shape: Shape, next: (i: number) => number, dtype: DType = 'float32'): SampleInput {
    return { shape, dtype, data: Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.fround(next(i))) };
  }
  floats(shape: Shape, low = -1, high = 1): SampleInput {
    return this.array(shape, () => this.uniform(low, high));
  }
  /** At least 0.1 away from 0. */
  nonZero(shape: Shape): SampleInput {
    return this.array(shape, () => this.of(-1, 1) * this.uniform(0.1, 2));
  }
  /** At least 0.1 away from every whole number. */
  nonInteger(shape: Shape): SampleInput {
    return this.array(shape, () => this.integer(-3, 3) + this.uniform(0.1, 0.9));
  }
  /** Multiples of 1/8 shifted by `shift`: equal or well apart. */
  grid(shape: Shape, shift = 0): SampleInput {
    return this.array(shape, () => this.integer(-8, 8) / 8 + shift);
  }
  /** No two closer than 0.05. */
  distinct(shape: Shape): SampleInput {
    const order = this.permutation(sizeOf(shape));
    return this.array(shape, (i) => ((order[i] as number) - sizeOf(shape) / 2) / 20);
  }
  integers(shape: Shape, low: number, high: number): SampleInput {
    return this.array(shape, () => this.integer(low, high), 'int32');
  }
  bools(shape: Shape): SampleInput {
    return this.array(shape, () => this.integer(0, 1), 'bool');
  }
  permutation(n: number): number[] {
    return Array.from({ length: n }, (_, i) => ({ i, at: this.uniform(0, 1) }))
      .sort((a, b) => a.at - b.at)
      .map(({ i }) => i);
  }
  /** A shape that stretches to the given one. */
  stretchable(shape: Shape): number[] {
    return shape.slice(this.integer(0, shape.length)).map((size) => (this.integer(0, 2) === 0 ? 1 : size));
  }
  /** Shapes that broadcast with each other. */
  pair(): [number[], number[]] {
    const shape = this.shape(0, 3);
    return this.of<() => [number[], number[]]>(
      () => [shape, this.stretchable(shape)],
      () => [this.stretchable(shape), shape],
      () => [this.stretchable(shape), this.stretchable(shape)],
    )();
  }
  axes(rank: number): number[] {
    return Array.from({ length: rank }, (_, axis) => axis)
      .filter(() => this.integer(0, 1) === 1)
      .map((axis) => (this.integer(0, 3) === 0 ? axis - rank : axis));
  }
}
