// Arrays in Keras' operations, as Keras 3.15 writes them. That models with them predict and train as in Keras is shown by the parity.

import { expect, test } from 'vitest';
import type { Json } from '../../../shared/project/plainJson.ts';
import { givenKey } from './operationParts.ts';
import { layersOfOperation } from './operations.ts';

const tensor = (...shape: (number | null)[]): Json => ({ class_name: '__keras_tensor__', config: { shape, dtype: 'float32', keras_history: ['input', 0, 0] } });
const array = (value: Json): Json => ({ class_name: '__numpy__', config: { value, dtype: 'float32' } });
const operation = (className: string, ...args: Json[]) =>
  layersOfOperation(
    {
      ...{ module: 'keras.src.ops.numpy', class_name: className, registered_name: className, config: { name: 'op' } },
      inbound_nodes: [{ args, kwargs: {} }],
    },
    false,
  );
const picture = tensor(null, 8, 8, 3);

test('a number for each channel is a Rescaling', () => {
  expect(operation('Subtract', picture, array([1, 2, 3]))).toMatchObject([{ class_name: 'Rescaling', config: { scale: 1, offset: [-1, -2, -3] } }]);
  expect(operation('Subtract', array([1, 2, 3]), picture)).toMatchObject([{ class_name: 'Rescaling', config: { scale: -1, offset: [1, 2, 3] } }]);
  expect(operation('Add', array([[[[1, 2, 3]]]]), picture)).toMatchObject([{ class_name: 'Rescaling', config: { scale: 1, offset: [1, 2, 3] } }]);
  expect(operation('Multiply', picture, array([1, 2, 3]))).toMatchObject([{ class_name: 'Rescaling', config: { scale: [1, 2, 3], offset: 0 } }]);
  expect(operation('TrueDivide', picture, array([1, 2, 4]))).toMatchObject([{ class_name: 'Rescaling', config: { scale: [1, 0.5, 0.25], offset: 0 } }]);
});

test('an array of one number throughout is that number', () => {
  expect(operation('Subtract', array([[2, 2, 2]]), picture)).toMatchObject([{ config: { formula: '2 - x' } }]);
});

test('a vector for each step is a PositionEmbedding that learns nothing', () => {
  const vectors = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  const [places] = operation('Add', tensor(null, 3, 2), array([vectors])) ?? [];
  expect(places).toMatchObject({ class_name: 'PositionEmbedding', config: { trainable: false } });
  expect(places?.[givenKey]).toEqual([{ shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) }]);
  const [taken] = operation('Subtract', tensor(null, 3, 2), array(vectors)) ?? [];
  expect(taken?.[givenKey]).toEqual([{ shape: [3, 2], data: Float32Array.of(-1, -2, -3, -4, -5, -6) }]);
});

test('what a picture has a number for each place of is an Operation, which a formula takes together with it', () => {
  const each = array(Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, () => [i, 1, 2])));
  expect(operation('Add', picture, each)).toMatchObject([
    { class_name: 'Operation', config: { operation: { kind: 'constant', parameters: { shape: [8, 8, 3] } } } },
    { class_name: 'Expression', config: { formula: 'a + b' } },
  ]);
});

test.each<readonly [string, Json, Json]>([
  [
    'arrays that make a sample larger',
    tensor(null, 3),
    array([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  ],
  ['an array for every sample', tensor(null, 3), array([[[1, 2, 3]], [[4, 5, 6]]])],
  ['rows of different length', tensor(null, 2, 2), array([[1, 2], [3]])],
  ['words', tensor(null, 2), array(['a', 'b'])],
  ['no number at all', tensor(null, 2), array([])],
])('%s stay what they are', (_what, one, other) => {
  expect(operation('Add', one, other)).toBeNull();
});
