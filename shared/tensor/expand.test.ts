import { expect, test } from 'vitest';
import { closeTo } from '../lib/testing/closeTo.ts';
import { createBuilder } from './builder.ts';
import { expanded } from './expand.ts';
import { gradients } from './gradient.ts';
import { interpret, numericArray } from './interpret.ts';
import type { Tensor } from './types.ts';

function normalizing() {
  const builder = createBuilder();
  const x = builder.input('x', [6, 2], 'float32', { kind: 'data' }),
    gamma = builder.input('gamma', [2], 'float32', { kind: 'state' });
  const [y, mean] = builder.batchNormalize(x, gamma, builder.constant(0, [2]), { epsilon: 0.01 }) as [Tensor, Tensor, Tensor];
  const loss = builder.reduceSum(builder.exp(y), { axes: [0, 1] });
  const [byX, byGamma] = gradients(builder, loss, [x, gamma]) as [Tensor, Tensor];
  const outputs = Object.entries({ y, byX }).map(([name, tensor]) => ({ name, tensor }));
  const updates = [{ name: 'gamma', tensor: builder.add(byGamma, mean) }];
  return builder.build(outputs, updates);
}
const numbers = {
  x: numericArray(
    [6, 2],
    Array.from({ length: 12 }, (_, i) => Math.sin(i * i)),
  ),
  gamma: numericArray([2], [0.5, -1.5]),
};

test('what is chosen is written in simpler operations, and computes the same', () => {
  const program = normalizing(),
    simple = expanded(program, () => true);
  expect(program.instructions.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['batchNormalize', 'batchNormalizeGradient']));
  expect(simple.instructions.filter(({ operation }) => operation.startsWith('batch'))).toEqual([]);
  const [want, got] = [interpret(program, numbers), interpret(simple, numbers)];
  for (const name of ['y', 'byX']) closeTo(got.outputs[name]?.data ?? [], want.outputs[name]?.data ?? [0], 1e-12);
  closeTo(got.updates['gamma']?.data ?? [], want.updates['gamma']?.data ?? [0], 1e-12);
});

test('the rest stays, and nothing chosen leaves the program itself', () => {
  const program = normalizing();
  expect(expanded(program, ({ operation }) => operation === 'exp')).toBe(program);
  const backward = expanded(program, ({ operation }) => operation === 'batchNormalizeGradient');
  expect(backward.instructions.filter(({ operation }) => operation.startsWith('batch')).map(({ operation }) => operation)).toEqual(['batchNormalize']);
});

test('a recurrent operation that reads what the same weights have given is not walked back through twice', () => {
  const builder = createBuilder();
  const input = (name: string, shape: number[]) => builder.input(name, shape, 'float32', { kind: 'state' });
  const x = input('x', [2, 3, 2]),
    weights = [input('kernel', [2, 8]), input('recurrentKernel', [2, 8]), input('bias', [8])] as const;
  const [read, ...states] = builder.lstm(x, ...weights, {}) as [Tensor, Tensor, Tensor];
  const [, hidden, cell] = builder.lstm(read, ...weights, ...states, {}) as [Tensor, Tensor, Tensor];
  const slopes = gradients(builder, builder.reduceSum(builder.multiply(hidden, cell), { axes: [0, 1] }), [x, ...weights]);
  const program = builder.build(slopes.map((tensor, i) => ({ name: `${i}`, tensor: tensor as Tensor })));
  const given = Object.fromEntries(
    program.inputs.map(({ name, tensor: { shape } }) => [
      name,
      numericArray(
        shape,
        Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(i * i + name.length)),
      ),
    ]),
  );
  const want = interpret(program, given).outputs,
    got = interpret(
      expanded(program, () => true),
      given,
    ).outputs;
  for (const name of Object.keys(want)) closeTo(got[name]?.data ?? [], want[name]?.data ?? [0], 1e-12);
});
