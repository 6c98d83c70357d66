// What recurrent layers drop while training. What they compute else, with and without masks, is compared with real Keras in layers.test.ts.

import { expect, test } from 'vitest';
import { schemaOf } from '../../lib/fields.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import { sizeOf } from '../../tensor/types.ts';
import { layers } from '../index.ts';
import type { AnyLayer } from '../layer.ts';
import { lowered, type Numbers, randomNumbers } from '../testing/lowered.ts';

const kinds = ['lstm', 'gru', 'simpleRnn'] as const;
const shape = [2, 4, 3];

function run(layer: AnyLayer, parameters: Record<string, unknown>, training: boolean, change: (name: string, value: NumericArray) => NumericArray) {
  const { program } = lowered(layer, schemaOf(layer.fields).parse({ units: 2, returnSequences: true, ...parameters }), [shape], { training });
  const numbers: Numbers = Object.fromEntries(Object.entries(randomNumbers(program, 7)).map(([name, value]) => [name, change(name, value)]));
  return { program, y: interpret(program, numbers).outputs['y']?.data ?? [] };
}
const scaled = (value: NumericArray, factor: number): NumericArray => ({ ...value, data: value.data.map((x) => x * factor) });
const all = (value: NumericArray, x: number): NumericArray => numericArray(value.shape, x);
const same = (_: string, value: NumericArray) => value;
const keptAll = (name: string, value: NumericArray) => (name.startsWith('random') ? all(value, 0.999) : value);

test.each(kinds)('%s: what is not dropped counts more', (kind) => {
  const { y } = run(layers[kind], { dropout: 0.5, recurrentDropout: 0.75 }, true, keptAll);
  const plain = run(layers[kind], {}, false, (name, value) => (name === 'input0' ? scaled(value, 2) : name === 'recurrent_kernel' ? scaled(value, 4) : value));
  closeTo(y, plain.y, 1e-9);
});

test.each(kinds)('%s: with all of the memory dropped every step starts anew', (kind) => {
  const { y } = run(layers[kind], { recurrentDropout: 0.5, useBias: false }, true, (name, value) => (name.startsWith('random') ? all(value, 0) : value));
  const plain = run(layers[kind], { useBias: false }, false, (name, value) => (name === 'recurrent_kernel' ? all(value, 0) : value));
  closeTo(y, plain.y, 1e-9);
});

test.each(kinds)('%s: the same features are dropped at every step, others for each gate where the memory has dropout', (kind) => {
  const drawn = (parameters: Record<string, unknown>) =>
    run(layers[kind], parameters, true, same)
      .program.inputs.filter(({ role }) => role.kind === 'random')
      .map(({ tensor }) => tensor.shape);
  const gates = { lstm: 4, gru: 3, simpleRnn: 1 }[kind];
  expect(drawn({ dropout: 0.5 })).toEqual([[2, 1, 3]]);
  const both = drawn({ dropout: 0.5, recurrentDropout: 0.5 });
  expect(both.filter((one) => one.length === 3)).toEqual(Array.from({ length: gates }, () => [2, 1, 3]));
  expect(both.filter((one) => one.length === 2)).toEqual(Array.from({ length: gates }, () => [2, 2]));
});

test.each(kinds)('%s: drops nothing when it predicts, and then walks in one operation', (kind) => {
  const { program, y } = run(layers[kind], { dropout: 0.5, recurrentDropout: 0.5 }, false, same);
  expect(program.inputs.some(({ role }) => role.kind === 'random')).toBe(false);
  closeTo(y, run(layers[kind], {}, false, same).y, 1e-12);
  expect(y.length).toBe(sizeOf([2, 4, 2]));
});
