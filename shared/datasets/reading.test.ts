// People must see names and classes, not the numbers they are stored as.

import { expect, test } from 'vitest';
import { datasetOf } from './catalogue.ts';
import type { DatasetDescriptor } from './descriptor.ts';
import { answersEachPlace, classesOf, textOf } from './reading.ts';

const known = (id: string) => datasetOf(id) as DatasetDescriptor;

test('letters stand for the numbers they are stored as', () => {
  expect(textOf(known('names').features, [1, 4, 1, 13, 19, 0, 0])).toBe('adams');
  expect(textOf(known('shakespeare').features, [20, 15, 0, 2, 5, 28])).toBe('to be,');
  expect(textOf(known('reverse').features, [7, 0])).toBe('ha');
  expect(textOf(known('mnist').features, [1, 2])).toBeNull();
});

test('one class, one value per class, one class for each place', () => {
  expect(classesOf(known('mnist'), [7])).toEqual([7]);
  expect(classesOf({ ...known('mnist'), labels: { name: 'y', shape: [10], dtype: 'float32' }, classNames: [...'0123456789'] }, [0, 0, 1])).toEqual([2]);
  expect(classesOf(known('reverse'), [3, 2, 1])).toEqual([3, 2, 1]);
  expect([known('mnist'), known('xor'), known('reverse'), known('shapes'), known('sine')].map(answersEachPlace)).toEqual([false, false, true, true, false]);
});
