// Python's spelling of values, calls, comments and names.

import { expect, test } from 'vitest';
import { callLines, comment, Names, python } from './python.ts';

test('values are written as Python writes them', () => {
  expect(python([3, 3])).toBe('(3, 3)');
  expect(python([3])).toBe('(3,)');
  expect(python(null)).toBe('None');
  expect(python({ a: true })).toBe('{"a": True}');
  expect(python(1, true)).toBe('1.0');
  expect(python([1, 0.5], true)).toBe('(1.0, 0.5)');
  expect(python(1e-7)).toBe('1e-7');
  expect(python(Number.POSITIVE_INFINITY)).toBe('float("inf")');
});

test('a call that is too long has a line for each argument', () => {
  expect(callLines('f', ['a=1', 'b=2'], ',')).toEqual(['f(a=1, b=2),']);
  const long = callLines('f', ['a'.repeat(60), 'b'.repeat(60)], '(x)');
  expect(long).toEqual(['f(', `    ${'a'.repeat(60)},`, `    ${'b'.repeat(60)},`, ')(x)']);
});

test('a comment breaks between words and loses none', () => {
  const words = 'every word of it stays '.repeat(20).trim();
  const lines = comment(words);
  expect(lines.every((line) => line.startsWith('# ') && line.length <= 88)).toBe(true);
  expect(lines.map((line) => line.slice(2)).join(' ')).toBe(words);
});

test('names are given out once, and never a word of the language', () => {
  const names = new Names(['model']);
  expect([names.take('conv 1'), names.take('conv_1'), names.take('lambda'), names.take('model'), names.take('1st'), names.take('Größe')]).toEqual([
    'conv_1',
    'conv_1_1',
    'lambda_1',
    'model_1',
    'layer_1st',
    'gr__e',
  ]);
});
