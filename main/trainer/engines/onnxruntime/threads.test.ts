// Small operations stay on one thread.

import { expect, test } from 'vitest';
import { createBuilder } from '../../../../shared/tensor/builder.ts';
import type { Program } from '../../../../shared/tensor/types.ts';
import { threadsFor } from './threads.ts';

function product(size: number): Program {
  const builder = createBuilder(),
    x = builder.input('x', [size, size], 'float32', { kind: 'data' });
  return builder.build([{ name: 'y', tensor: builder.matMul(x, builder.relu(x)) }]);
}

test('all threads share large operations, one does small ones', () => {
  expect(threadsFor(product(256), 4)).toBe(4);
  expect(threadsFor(product(64), 4)).toBe(1);
});

test('a program without operations needs one thread', () => {
  const builder = createBuilder();
  const x = builder.input('x', [1000, 1000], 'float32', { kind: 'data' });
  expect(threadsFor(builder.build([{ name: 'x', tensor: x }]), 4)).toBe(1);
});
