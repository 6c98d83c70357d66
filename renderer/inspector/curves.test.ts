// The little pictures are the functions they name.

import { expect, test } from 'vitest';
import { activationIds } from '../../shared/layers/activations/index.ts';
import { curveAndDerivative, curvePath } from './curves.ts';

// Softmax of a value and a 0 is the sigmoid of the value; ReLU6 ends beyond the picture; CELU with alpha 1 is ELU.
const twins = [
  ['softmax', 'sigmoid'],
  ['logSoftmax', 'logSigmoid'],
  ['relu6', 'relu'],
  ['celu', 'elu'],
] as const;

test('every activation has its own picture', () => {
  const paths = activationIds.map(curvePath);
  expect(paths).not.toContain(null);
  expect(new Set(paths).size).toBe(activationIds.length - twins.length);
  for (const [one, other] of twins) expect(curvePath(one)).toBe(curvePath(other));
});

test('ReLU is flat, then rises', () => {
  const heights = (curvePath('relu') ?? '')
    .split(/[ML]/)
    .filter(Boolean)
    .map((point) => Number(point.split(' ')[1]));
  expect(heights[0]).toBe(13);
  expect(heights[20]).toBe(13);
  expect(heights.at(-1)).toBeLessThan(5);
});

test('the derivative of tanh is 1 at 0 and falls to both sides; that of linear is 1 everywhere', () => {
  const heights = (id: string) => [...(curveAndDerivative(id)?.derivative ?? '').matchAll(/ (-?[\d.]+)/g)].map((match) => Number(match[1]));
  const tanh = heights('tanh');
  expect(Math.min(...tanh)).toBe(tanh[240]);
  expect(tanh[240]).toBeCloseTo(48 - 44 / 1.6, 0);
  expect(tanh[0]).toBeCloseTo(48, 0);
  expect(new Set(heights('linear'))).toEqual(new Set([20.5]));
});

test('what is no activation has none', () => {
  expect(curvePath('glorotUniform')).toBeNull();
});

test('the derivative of ReLU is a step, not a slope', () => {
  const path = curveAndDerivative('relu')?.derivative ?? '';
  const points = [...path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
  const between = points.filter(({ y }) => y < 47.9 && y > 48 - 44 / 1.6 + 0.1);
  expect(between.length).toBeLessThanOrEqual(1);
});
