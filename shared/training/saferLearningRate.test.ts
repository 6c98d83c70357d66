// What is proposed must train where the rate before it did not.

import { expect, test } from 'vitest';
import { rateWords, saferLearningRate } from './saferLearningRate.ts';

test('a tenth, and never more than the usual rate', () => {
  expect([1e20, 1, 0.05, 0.01, 0.005, 0.001].map(saferLearningRate)).toEqual([0.001, 0.001, 0.001, 0.001, 0.0005, 0.0001]);
});

test('rates are written as a person would type them', () => {
  expect([1e20, 1e30, 0.001, 0.3, 12, 5e-5].map(rateWords)).toEqual(['1e20', '1e30', '0.001', '0.3', '12', '5e-5']);
});
