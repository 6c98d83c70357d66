// Shapes are read as people write them, and refused in words.

import { expect, test } from 'vitest';
import { optionalShape, shape } from '../../shared/lib/fields.ts';
import { parseShape, shapeFault, showShape } from './shapeText.ts';

const automatic = optionalShape({ label: 'Shape', default: null }) as never;
const target = shape({ label: 'Target shape', default: [1], allowUnknown: true }) as never;

test.each([
  ['28 × 28 × 1', [28, 28, 1]],
  ['28,28', [28, 28]],
  ['28x28', [28, 28]],
  ['(784,)', [784]],
  [' 3 4 ', [3, 4]],
  ['-1, 2', [-1, 2]],
  ['', null],
  ['a × 2', undefined],
  ['1.5', undefined],
])('%j', (text, sizes) => {
  expect(parseShape(text)).toEqual(sizes);
});
test('what is shown can be read again', () => {
  expect(parseShape(showShape([28, 28, 1]))).toEqual([28, 28, 1]);
});
test.each([
  [automatic, '', null],
  [target, '', 'Target shape needs at least one size, as in 784.'],
  [automatic, '0', 'Sizes are 1 or more.'],
  [target, '-1 × -1', 'Only one size may be −1.'],
  [target, '-1 × 4', null],
  [automatic, 'ab', 'Write whole numbers, as in 28 × 28 × 1.'],
])('%# fault of %s %j', (field, text, fault) => {
  expect(shapeFault(field, text)).toBe(fault);
});
