// Differentiation of whole programs; the rules of single operations are tested in ops/ops.test.ts.

import { describe, expect, test } from 'vitest';
import { createBuilder } from './builder.ts';
import { gradients } from './gradient.ts';
import { interpret, numericArray } from './interpret.ts';
import type { Tensor } from './types.ts';

const data = { kind: 'data' } as const,
  state = { kind: 'state' } as const;

describe('gradients', () => {
  test('several uses of a value add up', () => {
    const builder = createBuilder();
    const x = builder.input('x', [], 'float32', data);
    // x³ + 5x, written with four uses of x: 3x² + 5.
    const loss = builder.add(builder.multiply(builder.multiply(x, x), x), builder.multiply(builder.constant(5), x));
    const [byX] = gradients(builder, loss, [x]) as [Tensor];
    const { outputs } = interpret(builder.build([{ name: 'g', tensor: byX }]), { x: 2 });
    expect(outputs.g?.data[0]).toBe(17);
  });

  test('what the loss does not depend on has none', () => {
    const builder = createBuilder();
    const x = builder.input('x', [], 'float32', data),
      y = builder.input('y', [3], 'float32', data);
    builder.exp(y);
    expect(gradients(builder, builder.square(x), [y])).toEqual([null]);
  });

  test('whole numbers and comparisons stop it', () => {
    const builder = createBuilder();
    const x = builder.input('x', [2], 'float32', data);
    const rounded = builder.cast(builder.cast(x, { dtype: 'int32' }), { dtype: 'float32' });
    const loss = builder.reduceSum(builder.add(rounded, builder.cast(builder.greater(x, builder.constant(0)), { dtype: 'float32' })), { axes: [0] });
    expect(gradients(builder, loss, [x])).toEqual([null]);
  });

  test('a value computed on the way can be asked for', () => {
    const builder = createBuilder();
    const x = builder.input('x', [], 'float32', data),
      y = builder.square(x),
      loss = builder.square(y);
    const [byY, byX] = gradients(builder, loss, [y, x]) as [Tensor, Tensor];
    const { outputs } = interpret(
      builder.build([
        { name: 'y', tensor: byY },
        { name: 'x', tensor: byX },
      ]),
      { x: 3 },
    );
    expect(outputs.y?.data[0]).toBe(18);
    expect(outputs.x?.data[0]).toBe(108);
  });

  test('the loss by itself is 1', () => {
    const builder = createBuilder();
    const x = builder.input('x', [], 'float32', data);
    const [own] = gradients(builder, x, [x]) as [Tensor];
    expect(interpret(builder.build([{ name: 'g', tensor: own }]), { x: 9 }).outputs.g?.data[0]).toBe(1);
  });

  test('one output of a split: the other parts get zero', () => {
    const builder = createBuilder();
    const x = builder.input('x', [4], 'float32', data);
    const [, second] = builder.split(x, { axis: 0, parts: 2 }) as [Tensor, Tensor];
    const [byX] = gradients(builder, builder.reduceSum(second, { axes: [0] }), [x]) as [Tensor];
    expect(interpret(builder.build([{ name: 'g', tensor: byX }]), { x: 1 }).outputs.g?.data).toEqual(Float64Array.of(0, 0, 1, 1));
  });

  test('branches that nothing asked for are not differentiated', () => {
    const builder = createBuilder();
    const x = builder.input('x', [8, 4], 'float32', data),
      w1 = builder.input('w1', [4, 4], 'float32', state),
      w2 = builder.input('w2', [4, 1], 'float32', state);
    const loss = builder.reduceMean(builder.matMul(builder.tanh(builder.matMul(x, w1)), w2), { axes: [0, 1] });
    gradients(builder, loss, [w2]);
    const written = builder.instructions.map(({ operation }) => operation);
    expect(written).not.toContain('tanhGradient');
    expect(written.filter((operation) => operation === 'matMul')).toHaveLength(3);
  });

  test('second derivatives: differentiating what was differentiated', () => {
    const builder = createBuilder();
    const x = builder.input('x', [], 'float32', data);
    const [first] = gradients(builder, builder.sigmoid(builder.tanh(x)), [x]) as [Tensor];
    const [second] = gradients(builder, first, [x]) as [Tensor];
    const program = builder.build([
      { name: 'first', tensor: first },
      { name: 'second', tensor: second },
    ]);
    const at = (value: number) => interpret(program, { x: value }).outputs;
    const h = 1e-5,
      expected = ((at(0.3 + h).first?.data[0] as number) - (at(0.3 - h).first?.data[0] as number)) / (2 * h);
    expect(at(0.3).second?.data[0]).toBeCloseTo(expected, 8);
  });

  test('a loss that is no scalar is refused', () => {
    const builder = createBuilder();
    const x = builder.input('x', [2], 'float32', data);
    expect(() => gradients(builder, x, [x])).toThrow('Only a float32 scalar can be differentiated, not float32 of 1 axes.');
    expect(() => gradients(builder, builder.input('i', [], 'int32', data), [x])).toThrow('Only a float32 scalar can be differentiated, not int32 of 0 axes.');
  });

  test('a native composite is refused with what to do', () => {
    const builder = createBuilder({ native: 'all' }),
      t = (name: string, shape: number[]) => builder.input(name, shape, 'float32', state);
    const kernel = t('k', [3, 4]),
      [, last] = builder.simpleRnn(t('x', [2, 5, 3]), kernel, t('r', [4, 4]), t('b', [4]), {}) as [Tensor, Tensor];
    expect(() => gradients(builder, builder.reduceSum(last, { axes: [0, 1] }), [kernel])).toThrow('build the program without native operations');
  });
});

describe('interpret', () => {
  const builder = createBuilder();
  const x = builder.input('x', [2], 'uint8', data),
    w = builder.input('w', [2], 'float32', state);
  const program = builder.build(
    [{ name: 'y', tensor: builder.multiply(builder.cast(x, { dtype: 'float32' }), w) }],
    [{ name: 'w', tensor: builder.negate(w) }],
  );

  test('gives outputs and updates by name; a number fills the shape', () => {
    const { outputs, updates } = interpret(program, { x: numericArray([2], [3, 4]), w: 0.1 });
    expect(outputs).toEqual({ y: numericArray([2], [3 * 0.1, 4 * 0.1]) });
    expect(updates).toEqual({ w: numericArray([2], -0.1) });
  });

  test('inputs are held as their type holds them', () => {
    expect(interpret(program, { x: numericArray([2], [257, 255]), w: 1 }).outputs.y?.data).toEqual(Float64Array.of(1, 255));
  });

  test('missing and misshapen inputs are refused by name', () => {
    expect(() => interpret(program, { x: 1 })).toThrow("The program's input “w” has no value.");
    expect(() => interpret(program, { x: 1, w: numericArray([3], 1) })).toThrow("The program's input “w” is 2, but gets 3.");
    expect(() => numericArray([2, 2], [1, 2, 3])).toThrow('3 numbers do not fill 2 × 2.');
  });

  test('a program out of order is refused', () => {
    expect(() => interpret({ ...program, instructions: [...program.instructions].reverse() }, { x: 1, w: 1 })).toThrow('is used before it is computed');
  });
});
