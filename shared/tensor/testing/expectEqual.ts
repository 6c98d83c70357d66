// For tests of simplification: two programs that must compute the same.

import { randomKey, uniformAt } from '../../lib/random.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../interpret.ts';
import type { NumericArray } from '../operation.ts';
import { print } from '../print.ts';
import { formatShape, type Program, type ProgramInput, sameShape, sizeOf } from '../types.ts';

/** @throws Error with both programs printed unless they give the same for random inputs */
export function expectEqual(a: Program, b: Program, seed: number): void {
  const inputs = Object.fromEntries(a.inputs.map((input) => [input.name, randomInput(input, seed)]));
  const before = interpret(a, inputs),
    after = interpret(b, inputs);
  try {
    requireEqual(after.outputs, before.outputs);
    requireEqual(after.updates, before.updates);
  } catch (error) {
    throw new Error(`With seed ${seed} ${error instanceof Error ? error.message : error}\n${print(a)}\n\n${print(b)}`);
  }
}

/** Floats between -1 and 1; 0, 1 or 2 for whole numbers. */
function randomInput({ name, tensor: { shape, dtype } }: ProgramInput, seed: number): NumericArray {
  const key = randomKey(seed, name);
  const value = (i: number) => (dtype === 'float32' ? 2 * uniformAt(key, i) - 1 : Math.floor(3 * uniformAt(key, i)));
  return numericArray(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => value(i)),
  );
}

type Results = Readonly<Record<string, NumericArray>>;
function requireEqual(got: Results, expected: Results): void {
  if (`${Object.keys(got)}` !== `${Object.keys(expected)}`) throw new Error(`the results are ${Object.keys(got)} instead of ${Object.keys(expected)}`);
  for (const [name, { shape, data }] of Object.entries(expected)) {
    const result = got[name] as NumericArray;
    if (!sameShape(result.shape, shape)) throw new Error(`${name} is ${formatShape(result.shape)} instead of ${formatShape(shape)}`);
    const scale = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const scaled = (list: Float64Array) => list.map((value) => value / scale);
    closeTo(scaled(result.data), scaled(data), 1e-11);
  }
}
