// What a query finds, and what it leaves for the thing found.

import { expect, test } from 'vitest';
import { found, type SearchItem, splitQuery } from './searching.ts';

const items: readonly SearchItem[] = [
  { id: 'dense', title: 'Dense', group: 'Core', words: 'fully connected linear' },
  { id: 'dropout', title: 'Dropout', group: 'Regularization' },
  { id: 'conv1d', title: 'Conv1D', group: 'Does not fit', faint: true },
  { id: 'conv2d', title: 'Conv2D', group: 'Convolution', words: 'image filter' },
];
const ids = (query: string) => found(items, query).map(({ id }) => id);

test('titles that begin so come first, other words find too, what makes no sense comes last', () => {
  expect(ids('d')).toEqual(['dense', 'dropout', 'conv2d', 'conv1d']);
  expect(ids('conv')).toEqual(['conv2d', 'conv1d']);
  expect(ids('linear')).toEqual(['dense']);
  expect(ids('')).toHaveLength(4);
});
test('among equals the likely one comes first, and its group with it', () => {
  const two = [
    { id: 'conv1d', title: 'Conv1D', group: 'Convolution' },
    { id: 'conv2d', title: 'Conv2D', group: 'Convolution', likely: true },
  ];
  expect(found(two, 'conv').map(({ id }) => id)).toEqual(['conv2d', 'conv1d']);
  expect(found(two, 'conv1').map(({ id }) => id)).toEqual(['conv1d']);
});
test('numbers and words that find nothing belong to what was found', () => {
  expect(splitQuery(items, 'conv 6 5 tanh')).toEqual({ search: 'conv', rest: ['6', '5', 'tanh'] });
  expect(splitQuery(items, 'dense relu')).toEqual({ search: 'dense', rest: ['relu'] });
  expect(splitQuery(items, 'fully connected 10')).toEqual({ search: 'fully connected', rest: ['10'] });
  expect(splitQuery(items, 'xyz')).toEqual({ search: 'xyz', rest: [] });
});
