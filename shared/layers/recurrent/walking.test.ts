// What recurrent layers drop while training, and the states they give and take. What they compute else, with and without masks, is compared with real Keras in layers.test.ts.

import { expect, test } from 'vitest';
import { schemaOf } from '../../lib/fields.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { gradients } from '../../tensor/gradient.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import { type Program, sizeOf, type Tensor } from '../../tensor/types.ts';
import { layers } from '../index.ts';
import type { AnyLayer } from '../layer.ts';
import { lowered, type Numbers, randomNumbers } from '../testing/lowered.ts';
import { RecordingContext } from '../testing/recordingContext.ts';

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

/** All results of a layer that returns its states, and the derivatives of the last one's sum: by the sequence, and by the states it starts with. */
function withStates(
  kind: (typeof kinds)[number],
  parameters: Record<string, unknown>,
  steps: number,
  o: { readonly masked?: boolean; readonly initial?: number },
) {
  const context = new RecordingContext(true);
  const { builder } = context;
  const x = builder.input('x', [1, steps, 3], 'float32', { kind: 'data' });
  const initial = Array.from({ length: o.initial ?? 0 }, (_, i) => builder.input(`initial ${i}`, [1, 2], 'float32', { kind: 'data' }));
  context.inputMasks = [o.masked ? builder.input('mask', [1, steps], 'bool', { kind: 'data' }) : null];
  const layer: AnyLayer = layers[kind];
  const y = layer.lower(context, [x, ...initial], schemaOf(layer.fields).parse({ units: 2, returnState: true, ...parameters }));
  const results = [y, ...context.further];
  const slopes = gradients(builder, builder.reduceSum(results.at(-1) as Tensor, { axes: [0, 1] }), [x, ...initial]);
  return builder.build([...results, ...slopes].map((tensor, i) => ({ name: `${i}`, tensor: tensor as Tensor })));
}
const operationsOf = ({ instructions }: Program) => new Set(instructions.map(({ operation }) => operation));

test.each([
  ['lstm', 'sigmoid', true],
  ['lstm', 'tanh', false],
  ['gru', 'sigmoid', true],
] as const)('%s with %s gates under a mask: its states, and their derivatives, are those of the steps that count', (kind, recurrentActivation, whole) => {
  const counts = [0, 1, 1, 0, 1, 0],
    counted = counts.flatMap((one, step) => (one ? [step] : []));
  const masked = withStates(kind, { recurrentActivation }, counts.length, { masked: true }),
    alone = withStates(kind, { recurrentActivation }, counted.length, {});
  expect(operationsOf(masked).has(kind)).toBe(whole);
  const numbers: Numbers = { ...randomNumbers(masked, 3), mask: numericArray([1, counts.length], counts) };
  const rows = counted.flatMap((step) => [...(numbers['x']?.data ?? [])].slice(3 * step, 3 * step + 3));
  const got = interpret(masked, numbers).outputs,
    wanted = interpret(alone, { ...numbers, x: numericArray([1, counted.length, 3], rows) }).outputs;
  const states = kind === 'lstm' ? ['0', '1', '2'] : ['0', '1'];
  for (const name of states) closeTo(got[name]?.data ?? [], wanted[name]?.data ?? [], 1e-12);
  const slopes = got[`${states.length}`]?.data ?? [];
  closeTo(
    counted.flatMap((step) => [...slopes.slice(3 * step, 3 * step + 3)]),
    wanted[`${states.length}`]?.data ?? [],
    1e-12,
  );
  expect(counts.flatMap((one, step) => (one ? [] : [...slopes.slice(3 * step, 3 * step + 3)])).every((slope) => slope === 0)).toBe(true);
});

test.each(kinds)('%s: goes on where another stopped, which is as if it had read both parts', (kind) => {
  const states = kind === 'lstm' ? 2 : 1;
  const whole = withStates(kind, {}, 5, {}),
    second = withStates(kind, {}, 3, { initial: states });
  const numbers = randomNumbers(whole, 4),
    x = [...(numbers['x']?.data ?? [])];
  const first = interpret(withStates(kind, {}, 2, {}), { ...numbers, x: numericArray([1, 2, 3], x.slice(0, 6)) }).outputs;
  const initial = Object.fromEntries(Array.from({ length: states }, (_, i) => [`initial ${i}`, first[`${i + 1}`] as NumericArray]));
  const got = interpret(second, { ...numbers, ...initial, x: numericArray([1, 3, 3], x.slice(6)) }).outputs,
    wanted = interpret(whole, numbers).outputs;
  for (let i = 0; i <= states; i++) closeTo(got[`${i}`]?.data ?? [], wanted[`${i}`]?.data ?? [], 1e-12);
  if (kind !== 'simpleRnn') expect(operationsOf(second)).toContain(`${kind}Gradient`);
});
