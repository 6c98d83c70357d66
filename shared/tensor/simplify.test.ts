// Simplification: each rule at a small program, printed, and the train step of an LSTM. Random programs stand in simplify/random.test.ts.

import { describe, expect, test } from 'vitest';
import { type Builder, createBuilder } from './builder.ts';
import { expanded } from './expand.ts';
import { gradients } from './gradient.ts';
import { print } from './print.ts';
import { simplify } from './simplify.ts';
import { expectEqual } from './testing/expectEqual.ts';
import type { Program, Tensor } from './types.ts';

type Write = (builder: Builder, x: Tensor, y: Tensor) => Tensor;

/** The instructions that are left of a program on x [4, 6] and y [4, 6], without types and names. */
function left(write: Write): string {
  const builder = createBuilder();
  const [x, y] = ['x', 'y'].map((name) => builder.input(name, [4, 6], 'float32', { kind: 'data' })) as [Tensor, Tensor];
  const program = builder.build([{ name: 'z', tensor: write(builder, x, y) }]);
  const simple = simplify(program);
  expectEqual(program, simple, 1);
  return print(simple)
    .split('\n')
    .slice(2)
    .map((line) => line.replace(/: (float32|int32|bool|uint8)\[[\d, ]*\]/g, ''))
    .join('; ')
    .replace('output “z” = ', '→ ');
}

const rules: readonly (readonly [what: string, write: Write, left: string])[] = [
  [
    'unused instructions go',
    (b, x) => {
      b.exp(x);
      return b.tanh(x);
    },
    '%2 = tanh(“x”); → %2',
  ],
  ['what is computed twice is computed once', (b, x) => b.add(b.tanh(x), b.tanh(x)), '%2 = tanh(“x”); %3 = add(%2, %2); → %3'],
  ['constants fold', (b, x) => b.multiply(x, b.sqrt(b.add(b.constant(7), b.constant(9)))), 'constant %2 = 4; %3 = multiply(“x”, %2); → %3'],
  [
    'filled constants fold',
    (b, x) => b.multiply(x, b.reshape(b.negate(b.constant(3, [6, 4])), { shape: [4, 6] })),
    'constant %2 = -3; %3 = multiply(“x”, %2); → %3',
  ],
  ['lists are left alone', (b, x) => b.multiply(x, b.constant([1, 1, 1, 1, 1, 1], [6])), 'constant %2 = [1, 1, 1, 1, 1, 1]; %3 = multiply(“x”, %2); → %3'],
  ['x + 0', (b, x) => b.add(b.constant(0, [6]), x), '→ “x”'],
  [
    'x + 0 that stretches',
    (b, x) => b.add(b.reduceSum(x, { axes: [0] }), b.constant(0, [4, 6])),
    'constant %2 = 0; %3 = reduceSum(“x”) {keepDims: false, axes: [0]}; %4 = add(%3, %2); → %4',
  ],
  ['x - 0', (b, x) => b.subtract(x, b.constant(0)), '→ “x”'],
  ['0 - x is not x', (b, x) => b.subtract(b.constant(0), x), 'constant %2 = 0; %3 = subtract(%2, “x”); → %3'],
  ['x · 1', (b, x) => b.multiply(b.constant(1), x), '→ “x”'],
  ['x / 1', (b, x) => b.divide(x, b.constant(1)), '→ “x”'],
  ['1 / x is not x', (b, x) => b.divide(b.constant(1), x), 'constant %2 = 1; %3 = divide(%2, “x”); → %3'],
  ['x to the power of 1', (b, x) => b.power(x, b.constant(1)), '→ “x”'],
  ['--x', (b, x) => b.negate(b.negate(x)), '→ “x”'],
  ['x + -y', (b, x, y) => b.add(b.negate(x), y), '%2 = subtract(“y”, “x”); → %2'],
  ['exp of logSoftmax is the softmax at hand', (b, x) => b.add(b.softmax(x), b.exp(b.logSoftmax(x))), '%2 = softmax(“x”) {axis: -1}; %3 = add(%2, %2); → %3'],
  [
    'factors join where a power of two keeps every digit',
    (b, x) => b.multiply(b.constant(0.1), b.multiply(x, b.constant(2))),
    'constant %2 = 0.2; %3 = multiply(“x”, %2); → %3',
  ],
  [
    'others do not',
    (b, x) => b.multiply(b.constant(0.1), b.multiply(x, b.constant(3))),
    'constant %2 = 0.1; constant %3 = 3; %4 = multiply(“x”, %3); %5 = multiply(%2, %4); → %5',
  ],
  [
    'stretching that happens anyway',
    (b, x, y) => b.multiply(x, b.broadcastTo(b.reduceSum(y, { axes: [0] }), { shape: [4, 6] })),
    '%2 = reduceSum(“y”) {keepDims: false, axes: [0]}; %3 = multiply(“x”, %2); → %3',
  ],
  ['reshape to itself', (b, x) => b.reshape(x, { shape: [4, 6] }), '→ “x”'],
  ['reshape chains', (b, x) => b.reshape(b.reshape(x, { shape: [24] }), { shape: [2, 12] }), '%2 = reshape(“x”) {shape: [2,12]}; → %2'],
  ['reshape back', (b, x) => b.reshape(b.reshape(x, { shape: [24] }), { shape: [4, -1] }), '→ “x”'],
  [
    'kept axes that are dropped',
    (b, x) => b.reshape(b.reduceSum(x, { axes: [0], keepDims: true }), { shape: [6] }),
    '%2 = reduceSum(“x”) {keepDims: false, axes: [0]}; → %2',
  ],
  ['transpose back', (b, x) => b.transpose(b.transpose(x, { permutation: [1, 0] }), { permutation: [1, 0] }), '→ “x”'],
  [
    'transpose of axes of size 1',
    (b, x) => b.transpose(b.reshape(x, { shape: [4, 1, 6] }), { permutation: [1, 0, 2] }),
    '%2 = reshape(“x”) {shape: [1,4,6]}; → %2',
  ],
  [
    'transpose into a product',
    (b, x, y) => b.matMul(b.transpose(x, { permutation: [1, 0] }), y),
    '%2 = matMul(“x”, “y”) {transposeA: true, transposeB: false}; → %2',
  ],
  ['cast to itself', (b, x) => b.cast(x, { dtype: 'float32' }), '→ “x”'],
  [
    'cast over a type that holds all',
    (b, x, y) => b.cast(b.cast(b.greater(x, y), { dtype: 'int32' }), { dtype: 'float32' }),
    '%2 = greater(“x”, “y”); %3 = cast(%2) {dtype: "float32"}; → %3',
  ],
  [
    'not over one that cuts',
    (b, x) => b.cast(b.cast(x, { dtype: 'int32' }), { dtype: 'float32' }),
    '%2 = cast(“x”) {dtype: "int32"}; %3 = cast(%2) {dtype: "float32"}; → %3',
  ],
  [
    'stretch chains',
    (b, x) => b.broadcastTo(b.broadcastTo(x, { shape: [2, 4, 6] }), { shape: [3, 2, 4, 6] }),
    '%2 = broadcastTo(“x”) {shape: [3,2,4,6]}; → %2',
  ],
  [
    'slice chains',
    (b, x) => b.slice(b.slice(x, { begin: [1, 1], size: [3, 5] }), { begin: [1, 0], size: [2, 2] }),
    '%2 = slice(“x”) {begin: [2,1], size: [2,2]}; → %2',
  ],
  ['slice of everything', (b, x) => b.slice(x, { begin: [0, 0], size: [4, 6] }), '→ “x”'],
  ['pad with nothing', (b, x) => b.pad(x, { before: [0, 0], after: [0, 0] }), '→ “x”'],
  ['sum over nothing', (b, x) => b.reduceSum(x, { axes: [] }), '→ “x”'],
  ['sum over axes of size 1', (b, x) => b.reduceMax(b.reshape(x, { shape: [4, 1, 6] }), { axes: [1] }), '→ “x”'],
  ['concat of a split', (b, x) => b.concat(...b.split(x, { axis: 1, parts: 3 }), { axis: -1 }), '→ “x”'],
  [
    'concat along another axis stays',
    (b, x) => b.concat(...b.split(x, { axis: 1, parts: 2 }), { axis: 0 }),
    '%2, %3 = split(“x”) {axis: 1, parts: 2}; %4 = concat(%2, %3) {axis: 0}; → %4',
  ],
  [
    'concat of a split in another order stays',
    (b, x) => b.concat(...[...b.split(x, { axis: 1, parts: 2 })].reverse(), { axis: 1 }),
    '%2, %3 = split(“x”) {axis: 1, parts: 2}; %4 = concat(%3, %2) {axis: 1}; → %4',
  ],
  ['split of a concat', (b, x, y) => b.split(b.concat(x, y, { axis: 1 }), { axis: 1, parts: 2 })[1] as Tensor, '→ “y”'],
  [
    'slice of a concat',
    (b, x, y) => b.slice(b.concat(x, y, { axis: 0 }), { begin: [5, 0], size: [2, 6] }),
    '%2 = slice(“y”) {begin: [1,0], size: [2,6]}; → %2',
  ],
  [
    'slice across the joint stays',
    (b, x, y) => b.slice(b.concat(x, y, { axis: 0 }), { begin: [3, 0], size: [2, 6] }),
    '%2 = concat(“x”, “y”) {axis: 0}; %3 = slice(%2) {begin: [3,0], size: [2,6]}; → %3',
  ],
  [
    'parts without their axis, joined',
    (b, x) => b.concat(...b.split(b.reshape(x, { shape: [2, 4, 3] }), { axis: 1, parts: 4 }).map((part) => b.reshape(part, { shape: [2, 3] })), { axis: 0 }),
    '%2 = reshape(“x”) {shape: [2,4,3]}; %3 = transpose(%2) {permutation: [1,0,2]}; %4 = reshape(%3) {shape: [8,3]}; → %4',
  ],
  [
    'a sum of products of parts is one product, whatever the order',
    (b, x, y) => {
      const xs = b.split(x, { axis: 0, parts: 4 }),
        ys = b.split(y, { axis: 0, parts: 4 });
      return [3, 1, 0, 2].map((i) => b.matMul(xs[i] as Tensor, ys[i] as Tensor, { transposeA: true })).reduce((p, q) => b.add(p, q));
    },
    '%2 = matMul(“x”, “y”) {transposeA: true, transposeB: false}; → %2',
  ],
  [
    'a sum of two products stays',
    (b, x, y) => b.add(b.matMul(x, y, { transposeA: true }), b.matMul(y, x, { transposeA: true })),
    '%2 = matMul(“x”, “y”) {transposeA: true, transposeB: false}; %3 = matMul(“y”, “x”) {transposeA: true, transposeB: false}; %4 = add(%2, %3); → %4',
  ],
  [
    'other terms of the sum stay beside the product',
    (b, x, y) => {
      const products = [x, y, b.exp(x)].map((a) => b.matMul(a, y, { transposeA: true }));
      return b.add(b.add(b.add(b.constant([1, 2, 3, 4, 5, 6], [6]), products[0] as Tensor), products[1] as Tensor), products[2] as Tensor);
    },
    'constant %2 = [1, 2, 3, 4, 5, 6]; %3 = exp(“x”); %4 = concat(“x”, “y”, %3) {axis: 0}; %5 = concat(“y”, “y”, “y”) {axis: 0}; %6 = matMul(%4, %5) {transposeA: true, transposeB: false}; %7 = add(%2, %6); → %7',
  ],
];

describe('rules', () => {
  test.each(rules)('%s', (_, write, expected) => {
    expect(left(write)).toBe(expected);
  });

  test('a sum of column sums is one column sum', () => {
    const write: Write = (b, x) =>
      b
        .split(x, { axis: 0, parts: 2 })
        .flatMap((part) => [part, b.exp(part)])
        .map((part) => b.reduceSum(part, { axes: [0] }))
        .reduce((p, q) => b.add(p, q));
    expect(left(write).match(/reduceSum/g)).toHaveLength(1);
  });

  test('a product used elsewhere too is not drawn into a sum', () => {
    const write: Write = (b, x, y) => {
      const products = [x, y, b.exp(x)].map((a) => b.matMul(a, y, { transposeA: true })) as [Tensor, Tensor, Tensor];
      return b.multiply(b.add(b.add(products[0], products[1]), products[2]), products[1]);
    };
    expect(left(write).match(/matMul/g)).toHaveLength(3);
  });

  test('inputs stay, used or not; updates keep their names', () => {
    const builder = createBuilder();
    const w = builder.input('w', [2], 'float32', { kind: 'state' });
    builder.input('unused', [3], 'int32', { kind: 'random', distribution: 'uniform', stream: 4 });
    const simple = simplify(builder.build([], [{ name: 'w', tensor: builder.add(w, builder.constant(0)) }]));
    expect(print(simple)).toBe('input “w”: float32[2] state\ninput “unused”: int32[3] random uniform 4\nupdate “w” = “w”');
  });
});

/** Loss and updates of an LSTM with a dense layer on its last step. */
function lstmStep(steps: number, sizes = { batch: 3, features: 2, units: 2 }): Program {
  const builder = createBuilder(),
    state = (name: string, shape: readonly number[]) => builder.input(name, shape, 'float32', { kind: 'state' });
  const { batch, features, units } = sizes;
  const x = builder.input('x', [batch, steps, features], 'float32', { kind: 'data' });
  const weights = [state('kernel', [features, 4 * units]), state('recurrentKernel', [units, 4 * units]), state('bias', [4 * units])] as const;
  const [, last] = builder.lstm(x, ...weights, {});
  const loss = builder.reduceMean(builder.square(last as Tensor), { axes: [0, 1] });
  const found = gradients(builder, loss, weights);
  return builder.build(
    [{ name: 'loss', tensor: loss }],
    ['kernel', 'recurrentKernel', 'bias'].map((name, i) => ({ name, tensor: found[i] as Tensor })),
  );
}

const inSimpleOperations = (program: Program): Program => expanded(program, () => true);

describe('an LSTM train step in simple operations', () => {
  const steps = 6,
    program = lstmStep(steps),
    simple = inSimpleOperations(program);
  const count = (operation: string) => simple.instructions.filter((instruction) => instruction.operation === operation).length;

  test('computes the same', () => {
    for (let seed = 0; seed < 5; seed++) expectEqual(program, simple, seed);
  });

  test('has one product per step and direction, and one per weight', () => {
    // 1 projection, a product per further step forwards and backwards, 1 for each kernel's derivative.
    expect(count('matMul')).toBe(1 + 2 * (steps - 1) + 2);
    expect(count('reduceSum')).toBe(1);
  });

  test('comes to a program in proportion to its length', () => {
    const short = inSimpleOperations(lstmStep(20)).instructions.length,
      long = inSimpleOperations(lstmStep(160)).instructions.length;
    expect(long / short).toBeGreaterThan(7);
    expect(long / short).toBeLessThan(9);
  });
});
