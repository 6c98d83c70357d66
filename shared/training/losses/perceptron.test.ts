// The perceptron's rule against a loop written by hand, and what the criterion is.

import { expect, test } from 'vitest';
import { activate } from '../../layers/activations/index.ts';
import { normalAt } from '../../lib/random.ts';
import { createBuilder } from '../../tensor/builder.ts';
import { gradients } from '../../tensor/gradient.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { perceptron } from './perceptron.ts';

const rate = 0.25;

/** One sample's step as a program: the derivatives of the criterion, by plain SGD. */
function stepProgram(withStep: boolean) {
  const builder = createBuilder();
  const input = (name: string, shape: readonly number[]) => builder.input(name, shape, 'float32', { kind: 'data' });
  const weights = input('weights', [2, 1]),
    bias = input('bias', [1]);
  const score = builder.add(builder.matMul(input('x', [1, 2]), weights), bias);
  const value = perceptron.lower(builder, input('y', [1, 1]), withStep ? activate(builder, 'binaryStep', score) : score, {});
  const [byWeights, byBias] = gradients(builder, value, [weights, bias]);
  if (!byWeights || !byBias) throw new Error('the criterion must depend on weights and bias');
  return builder.build([
    { name: 'value', tensor: value },
    { name: 'weights', tensor: builder.subtract(weights, builder.multiply(builder.constant(rate), byWeights)) },
    { name: 'bias', tensor: builder.subtract(bias, builder.multiply(builder.constant(rate), byBias)) },
  ]);
}

interface Sample {
  readonly x: readonly [number, number];
  readonly y: number;
}
/** On either side of a line, away from it. */
const samples: readonly Sample[] = Array.from({ length: 40 }, (_, i): Sample => {
  const y = i % 2;
  const along = normalAt(3, i);
  const away = (y === 1 ? 1 : -1) * (0.3 + Math.abs(normalAt(4, i)));
  return { x: [along + away, 0.5 - along + away], y };
});
const xor: readonly Sample[] = [0, 1, 2, 3].map((i) => ({ x: [i & 1, i >> 1], y: (i & 1) ^ (i >> 1) }));

interface Line {
  readonly weights: readonly [number, number];
  readonly bias: number;
}
/** Rosenblatt, 1958. */
function byHand({ weights: [a, b], bias }: Line, { x, y }: Sample): Line {
  const answer = a * x[0] + b * x[1] + bias >= 0 ? 1 : 0;
  const move = rate * (y - answer);
  return { weights: [a + move * x[0], b + move * x[1]], bias: bias + move };
}
function byProgram(program: ReturnType<typeof stepProgram>, { weights, bias }: Line, { x, y }: Sample): Line {
  const { outputs } = interpret(program, {
    weights: numericArray([2, 1], weights),
    bias: numericArray([1], bias),
    x: numericArray([1, 2], x),
    y: numericArray([1, 1], y),
  });
  const [a = Number.NaN, b = Number.NaN] = outputs['weights']?.data ?? [];
  return { weights: [a, b], bias: outputs['bias']?.data[0] as number };
}
const start: Line = { weights: [0, 0], bias: 0 };
const errors = ({ weights: [a, b], bias }: Line, of: readonly Sample[]) => of.filter(({ x, y }) => (a * x[0] + b * x[1] + bias >= 0 ? 1 : 0) !== y).length;

test.each([true, false])('the classic update comes out, number by number (binary step at the end: %s)', (withStep) => {
  const program = stepProgram(withStep);
  let hand = start,
    own = start;
  for (let epoch = 0; epoch < 5; epoch++) {
    for (const sample of samples) {
      hand = byHand(hand, sample);
      own = byProgram(program, own, sample);
      expect(own).toEqual(hand);
    }
  }
  expect(hand).not.toEqual(start);
});

test('it ends where a line separates the classes, and goes on for ever on XOR', () => {
  const program = stepProgram(true);
  const trained = (of: readonly Sample[]) => {
    let line = start;
    for (let epoch = 0; epoch < 60; epoch++) for (const sample of of) line = byProgram(program, line, sample);
    return line;
  };
  const settled = trained(samples);
  expect(errors(settled, samples)).toBe(0);
  expect(samples.reduce((line, sample) => byProgram(program, line, sample), settled)).toEqual(settled);
  expect(errors(trained(xor), xor)).toBeGreaterThan(0);
});

test('right answers cost nothing, wrong ones as far as they lie on the wrong side', () => {
  const builder = createBuilder();
  const score = builder.input('score', [4, 1], 'float32', { kind: 'data' });
  const tensor = perceptron.values(builder, builder.input('y', [4, 1], 'float32', { kind: 'data' }), score, {});
  const { outputs } = interpret(builder.build([{ name: 'values', tensor }]), {
    score: numericArray([4, 1], [2, -3, 2, -3]),
    y: numericArray([4, 1], [1, 0, 0, 1]),
  });
  expect([...(outputs['values']?.data ?? [])].map(Math.abs)).toEqual([0, 0, 2, 3]);
});
