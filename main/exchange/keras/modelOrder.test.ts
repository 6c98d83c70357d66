// The order of layers as Keras 3.15 lists them (model.layers), by which it files their weights.

import { expect, test } from 'vitest';
import { networkOf } from '../../../shared/code/testing/requests.ts';
import { modelOrder } from './modelOrder.ts';

const sequences = (units: number) => ({ parameters: { units, returnSequences: true } });

/** Two ways to the end, one of which takes masked sequences together before a layer that is handed their mask. */
const network = (maskZero: boolean) =>
  networkOf([
    ['input', 'x', [], { parameters: { shape: [6] } }],
    ['embedding', 'words', ['x'], { parameters: { inputDim: 9, outputDim: 4, maskZero } }],
    ['lstm', 'deep', ['words'], sequences(2)],
    ['lstm', 'a', ['deep'], sequences(2)],
    ['dense', 'thin', ['words'], { parameters: { units: 2 } }],
    ['dense', 'wide', ['words'], { parameters: { units: 24 } }],
    ['lstm', 't', ['wide'], sequences(3)],
    ['lstm', 'r', ['t'], sequences(3)],
    ['lstm', 'q', ['r'], sequences(3)],
    ['lstm', 'p', ['q'], sequences(3)],
    ['concatenate', 'both', ['a', 'thin']],
    ['lstm', 'reads', ['both'], { parameters: { units: 3 } }],
    ['lstm', 'last', ['p'], { parameters: { units: 2 } }],
    ['concatenate', 'end', ['reads', 'last']],
  ]);
const names = (maskZero: boolean) => modelOrder(network(maskZero)).map(({ node }) => node.name);

test('by the distance from the end', () => {
  expect(names(false)).toEqual(['x', 'words', 'wide', 't', 'deep', 'r', 'a', 'thin', 'q', 'both', 'p', 'reads', 'last', 'end']);
});

test('what a mask is made of is as far as the operations that make it', () => {
  expect(names(true)).toEqual(['x', 'words', 'deep', 'a', 'thin', 'wide', 't', 'r', 'q', 'both', 'p', 'reads', 'last', 'end']);
});
