// What a program holds, counted by hand on a few instructions.

import { expect, it } from 'vitest';
import { createBuilder } from '../tensor/builder.ts';
import { memoryOf } from './memory.ts';

const KILO = 4 * 250;

it('values live from where they are made to where they are last used; state is apart', () => {
  const b = createBuilder();
  const w = b.input('w', [250], 'float32', { kind: 'state' });
  const x = b.input('x', [250], 'float32', { kind: 'data' });
  const first = b.multiply(x, w);
  const second = b.exp(first);
  // Here second and third are alive; x and first are gone.
  const third = b.exp(second);
  const program = b.build([{ name: 'out', tensor: third }]);
  expect(memoryOf(program)).toEqual({ state: KILO, values: 2 * KILO });
});

it('a reshaped value costs nothing and keeps its source alive', () => {
  const b = createBuilder();
  const x = b.input('x', [250], 'float32', { kind: 'data' });
  const seen = b.reshape(b.exp(x), { shape: [25, 10] });
  const other = b.exp(b.exp(x));
  const program = b.build([{ name: 'out', tensor: b.add(seen, b.reshape(other, { shape: [25, 10] })) }]);
  // The source of `seen`, two steps of the other way, and at the end the sum with both of its sides.
  expect(memoryOf(program).values).toBe(3 * KILO);
});

it('bytes are counted as bytes', () => {
  const b = createBuilder();
  const x = b.input('x', [1000], 'uint8', { kind: 'data' });
  const program = b.build([{ name: 'out', tensor: b.cast(x, { dtype: 'float32' }) }]);
  expect(memoryOf(program).values).toBe(1000 + 4000);
});
