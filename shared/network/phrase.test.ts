// Settings typed in a row.

import { expect, test } from 'vitest';
import { layers, layerIds } from '../layers/index.ts';
import { readPhrase } from './phrase.ts';

const read = (kind: keyof typeof layers, text: string) => readPhrase(layers[kind], text.split(' '));

test('numbers go to the numeric settings in their order, words to choices', () => {
  expect(read('conv2d', '6 5 tanh same').parameters).toEqual({ filters: 6, kernelSize: [5, 5], activation: 'tanh', padding: 'same' });
  expect(read('conv2d', '6 5x3').parameters).toEqual({ filters: 6, kernelSize: [5, 3] });
  expect(read('dense', '10 softm').parameters).toEqual({ units: 10, activation: 'softmax' });
  expect(read('dropout', '0.25').parameters).toEqual({ rate: 0.25 });
  expect(read('reshape', '28x28x1').parameters).toEqual({ targetShape: [28, 28, 1] });
  expect(read('input', '784').parameters).toEqual({ shape: [784] });
});
test('a setting may be named', () => {
  expect(read('conv2d', 'strides=2 16').parameters).toEqual({ strides: [2, 2], filters: 16 });
});
test('what means nothing is said, not guessed', () => {
  expect(read('dense', '10 purple').unknown).toEqual(['purple']);
  expect(read('dense', '-3').parameters).toEqual({});
});
test('whatever is typed gives values that the layer takes', () => {
  for (const id of layerIds) {
    const { parameters } = read(id, '3 2x2 0.5 relu same -1 9999999999');
    for (const [key, value] of Object.entries(parameters)) {
      const field = (layers[id].fields as Record<string, { schema: { safeParse(value: unknown): { success: boolean } } }>)[key];
      expect(field?.schema.safeParse(value).success, `${id}.${key}`).toBe(true);
    }
  }
});
