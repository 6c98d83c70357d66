// How many threads share a program's operations. Handing a small operation to a second thread and waiting for it costs as much as it saves.

import { type Program, sizeOf } from '../../../../shared/tensor/types.ts';

/**
 * Below this many elements in the mean of all operations one thread is as fast as two, and leaves the other cores to the rest: measured on recurrent
 * networks of 64 units (10,000 elements: no gain from a second thread, twice the processor time) and on MNIST's MLP (70,000: a quarter less time).
 */
const SMALL = 1 << 14;

/** @param program as it is run: of operations that are spelled, not of those that stand for many */
export function threadsFor({ instructions }: Program, threads: number): number {
  const elements = instructions.map(({ inputs, outputs }) => Math.max(...[...inputs, ...outputs].map(({ shape }) => sizeOf(shape))));
  const mean = elements.reduce((sum, size) => sum + size, 0) / Math.max(1, elements.length);
  return mean < SMALL ? 1 : threads;
}
