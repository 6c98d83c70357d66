// What a number field accepts, what it says otherwise, and where the arrow keys lead.

import { expect, test } from 'vitest';
import { parseNumber, parsePair, stepNumber } from './parseNumber.ts';

test.each([
  ['128', 128],
  ['60,000', 60_000],
  ['1e-3', 0.001],
  ['.5', 0.5],
  ['−2', -2],
  [' 1E5 ', 1e5],
  ['1,234,567.5', 1_234_567.5],
])('reads %s', (text, value) => expect(parseNumber(text, {})).toEqual({ ok: true, value }));

test.each(['abc', '1,2', '1e', '--1', '1e999', '0x10', 'Infinity'])('refuses %s', (text) => {
  const result = parseNumber(text, {});
  expect(result.ok).toBe(false);
  expect(!result.ok && result.reason).toContain('is not a number');
});

test.each([
  ['32*2', 64],
  ['(28 - 4) / 2', 12],
])('works out %s', (text, value) => expect(parseNumber(text, { integer: true })).toEqual({ ok: true, value }));

test('two numbers in one field are a size', () => {
  expect(parsePair('3x5', { integer: true })).toEqual([3, 5]);
  expect(parsePair(' 3 , 5 ', { min: 1 })).toEqual([3, 5]);
  expect(parsePair('2*2 × 8/2', { integer: true })).toEqual([4, 4]);
  expect(parsePair('3', {})).toBeNull();
  expect(parsePair('0x5', { min: 1 })).toBeNull();
});

test('an empty field is null only where that is a value', () => {
  expect(parseNumber('', { nullable: true })).toEqual({ ok: true, value: null });
  expect(parseNumber(' ', {}, 'Epochs')).toEqual({ ok: false, reason: 'Epochs needs a number.' });
});

test.each([
  ['0', { min: 1 }, 'Batch size is 0. It must be 1 or more.'],
  ['0', { min: 0, exclusiveMin: true }, 'Batch size is 0. It must be above 0.'],
  ['2000000', { max: 1_000_000 }, 'Batch size is 2,000,000. It must be 1,000,000 or less.'],
  ['1.5', { integer: true }, 'Batch size is 1.5. It must be a whole number.'],
])('says what is wrong with %s', (text, rule, reason) => expect(parseNumber(text, rule, 'Batch size')).toEqual({ ok: false, reason }));

test('steps stay inside the range', () => {
  expect(stepNumber(0.1, 1, 0.2, {})).toBe(0.3);
  expect(stepNumber(1, -1, 1, { min: 1 })).toBe(1);
  expect(stepNumber(95, 1, 10, { max: 100 })).toBe(100);
  expect(stepNumber(1, -1, 1, { min: 0, exclusiveMin: true })).toBe(1);
});

test('logarithmic steps go 1, 2, 5, 10', () => {
  const up = [0.001];
  for (let i = 0; i < 4; i++) up.push(stepNumber(up.at(-1) ?? 0, 1, 1, {}, 'log'));
  expect(up).toEqual([0.001, 0.002, 0.005, 0.01, 0.02]);
  expect(stepNumber(0.001, -1, 1, {}, 'log')).toBe(0.0005);
  expect(stepNumber(0.003, -1, 1, {}, 'log')).toBe(0.002);
});
