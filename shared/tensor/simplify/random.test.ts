// Random programs, with and without their gradients: simplified, they must compute the same.

import { describe, expect, test } from 'vitest';
import { randomKey, uniformAt } from '../../lib/random.ts';
import { createBuilder } from '../builder.ts';
import { gradients } from '../gradient.ts';
import { print } from '../print.ts';
import { simplify } from '../simplify.ts';
import { type Program, sizeOf, type Tensor } from '../types.ts';
import { expectEqual } from '../testing/expectEqual.ts';

/** A random program: a pool of values, grown step by step from values already in it. */
function randomProgram(seed: number): Program {
  const key = randomKey('program', seed),
    builder = createBuilder();
  let count = 0;
  const integer = (n: number) => Math.floor(uniformAt(key, count++) * n);
  const pool: Tensor[] = [[4, 6], [6, 4], [2, 3, 4], []].map((shape, i) => builder.input(`x${i}`, shape, 'float32', { kind: 'data' }));
  const some = () => pool[integer(3) === 0 ? integer(pool.length) : Math.max(0, pool.length - 1 - integer(6))] as Tensor;
  const alike = (x: Tensor) => pool.filter(({ shape }) => `${shape}` === `${x.shape}`);
  const one = (list: readonly Tensor[]) => list[integer(list.length)] as Tensor;
  const axisOf = (x: Tensor) => integer(x.shape.length);
  const shuffled = (x: Tensor) =>
    x.shape
      .map((_, axis) => ({ axis, at: uniformAt(key, count++) }))
      .sort((a, b) => a.at - b.at)
      .map(({ axis }) => axis);
  const steps: readonly ((x: Tensor) => readonly Tensor[])[] = [
    (x) => [builder.tanh(x)],
    (x) => [builder.negate(x)],
    (x) => [builder.add(x, one(alike(x)))],
    (x) => [builder.tanh(builder.multiply(x, one(alike(x))))],
    (x) => [builder.subtract(x, builder.negate(one(alike(x))))],
    (x) => [builder.multiply(x, builder.constant(integer(3)))],
    (x) => [builder.add(builder.constant(integer(2), x.shape), x)],
    (x) => [builder.reshape(x, { shape: [...x.shape].reverse() })],
    (x) => [builder.reshape(x, { shape: [-1] })],
    (x) => [builder.reshape(x, { shape: [1, ...x.shape] })],
    (x) => [builder.transpose(x, { permutation: shuffled(x) })],
    (x) => [builder.cast(builder.cast(builder.greater(x, builder.constant(0)), { dtype: 'int32' }), { dtype: 'float32' })],
    (x) => (x.shape.length === 0 ? [] : [builder.reduceMean(x, { axes: [axisOf(x)], keepDims: integer(2) === 0 })]),
    (x) =>
      x.shape.length === 0 ? [] : [builder.multiply(builder.broadcastTo(builder.reduceMax(x, { axes: [axisOf(x)], keepDims: true }), { shape: x.shape }), x)],
    (x) => {
      const axis = axisOf(x),
        size = x.shape[axis] ?? 1;
      return x.shape.length === 0 ? [] : builder.split(x, { axis, parts: size % 2 === 0 ? 2 : size });
    },
    (x) => (x.shape.length === 0 ? [] : [builder.concat(x, one(alike(x)), { axis: axisOf(x) })]),
    (x) => {
      const whole = builder.producerOf(x);
      return whole?.operation === 'split' ? [builder.concat(...whole.outputs, { axis: integer(3) === 0 ? axisOf(x) : (whole.attributes.axis as number) })] : [];
    },
    (x) => {
      const begin = x.shape.map((size) => integer(size));
      return [builder.slice(x, { begin, size: x.shape.map((size, axis) => 1 + integer(size - (begin[axis] as number))) })];
    },
    (x) => {
      if (x.shape.length !== 2) return [];
      const terms = Array.from({ length: 1 + integer(5) }, () => builder.matMul(one(alike(x)), one(alike(x)), { transposeA: true }));
      return [builder.tanh(terms.reduce((p, q) => (integer(2) === 0 ? builder.add(p, q) : builder.add(q, p))))];
    },
    (x) => {
      if (x.shape.length === 0) return [];
      return [Array.from({ length: 1 + integer(5) }, () => builder.reduceSum(one(alike(x)), { axes: [0] })).reduce((p, q) => builder.add(p, q))];
    },
    (x) => (x.shape.length === 0 ? [] : [builder.select(builder.less(x, one(alike(x))), x, builder.constant(1))]),
  ];
  while (builder.instructions.length < 40) {
    const found = steps[integer(steps.length)]?.(some()) ?? [];
    pool.push(...found.filter(({ shape }) => sizeOf(shape) <= 96 && shape.length <= 4));
  }
  const total = builder.reduceMean(builder.tanh(builder.concat(...pool.map((x) => builder.reshape(x, { shape: [-1] })), { axis: 0 })), { axes: [0] });
  const derivatives = seed % 2 === 0 ? gradients(builder, total, pool.slice(0, 4)) : [];
  const outputs = [...pool.filter(() => integer(4) === 0), ...derivatives.flatMap((gradient) => gradient ?? [])];
  return builder.build(
    outputs.map((tensor, i) => ({ name: `z${i}`, tensor })),
    [{ name: 'x0', tensor: pool.find(({ shape }) => `${shape}` === '4,6') as Tensor }],
  );
}

describe('random programs', () => {
  test('compute the same, never with more instructions', () => {
    for (let seed = 0; seed < 300; seed++) {
      const program = randomProgram(seed),
        simple = simplify(program);
      expect(simple.instructions.length).toBeLessThanOrEqual(program.instructions.length);
      expectEqual(program, simple, seed);
    }
  });

  test('simplifying is a pure function', () => {
    const program = randomProgram(5),
      before = print(program);
    expect(print(simplify(program))).toBe(print(simplify(program)));
    expect(print(program)).toBe(before);
  });
});
