// What is said about the samples on screen must be counted from them.

import { expect, test } from 'vitest';
import { datasets } from '../../shared/datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { classCounts, featureWords, labelWords, pictureSize, pixels, shownOf } from './preview.ts';

const known = (id: string): DatasetDescriptor => {
  const found = datasets.find((dataset) => dataset.id === id);
  if (!found) throw new Error(`No dataset ${id}`);
  return found;
};

test('labels in words', () => {
  expect(labelWords(known('fashion-mnist-mini'), [9])).toBe('Ankle boot');
  expect(labelWords(known('sine'), [0.123456])).toBe('0.123');
  expect(labelWords({ ...known('mnist'), classNames: undefined }, [7])).toBe('7');
  expect(labelWords(known('reverse'), [7, 0, 3])).toBe('h a d');
  expect(
    labelWords(
      known('shapes'),
      Array.from({ length: 256 }, (_, at) => Number(at < 64)),
    ),
  ).toBe('shape 25 %');
});

test('classes are counted, the missing ones too', () => {
  const counts = classCounts(known('mnist'), { indices: [0, 1, 2], features: [], labels: [[3], [3], [0]] });
  expect(counts).toHaveLength(10);
  expect(counts.filter((one) => one.count > 0)).toEqual([
    { name: '0', count: 1 },
    { name: '3', count: 2 },
  ]);
});

test('of answers for every place each is counted', () => {
  const counts = classCounts(known('shapes'), {
    indices: [0, 1],
    features: [],
    labels: [
      [1, 0, 0],
      [1, 1, 0],
    ],
  });
  expect(counts).toEqual([
    { name: 'background', count: 3 },
    { name: 'shape', count: 3 },
  ]);
});

test('texts are read, numbers are shown, a line is drawn', () => {
  expect(featureWords(known('names'), [1, 4, 1, 13, 19, 0, 0])).toBe('adams');
  expect(featureWords(known('and'), [0.5, -1])).toBe('0.5  −1');
  expect([known('line'), known('names'), known('mnist')].map(shownOf)).toEqual([400, 20, 96]);
});

test('grey is ink by opacity, colour is itself', () => {
  expect([...pixels([0, 1, 0.5], 1, [10, 20, 30])]).toEqual([10, 20, 30, 0, 10, 20, 30, 255, 10, 20, 30, 128]);
  expect([...pixels([1, 0, 0.2], 3, [0, 0, 0])]).toEqual([255, 0, 51, 255]);
});

test('the size of a picture', () => {
  expect(pictureSize([28, 28])).toEqual({ rows: 28, columns: 28, channels: 1 });
  expect(pictureSize([32, 32, 3])?.channels).toBe(3);
  expect(pictureSize([24])).toBeNull();
  expect(pictureSize([8, 8, 2])).toBeNull();
});
