// Handwritten digits: the three networks everyone meets first, alone and side by side.

import type { Network } from '../network.ts';
import { chain, type Template } from './template.ts';

const mlp = (): Network =>
  chain('mlp', 'MLP', [
    ['input', 'image'],
    ['flatten', 'flatten'],
    ['dense', 'hidden', { units: 512, activation: 'relu' }],
    ['dense', 'digits', { units: 10, activation: 'softmax' }],
  ]);

const cnn = (): Network =>
  chain('cnn', 'CNN', [
    ['input', 'image'],
    ['conv2d', 'conv_1', { filters: 32, kernelSize: [3, 3], activation: 'relu' }],
    ['maxPooling2d', 'pool_1'],
    ['conv2d', 'conv_2', { filters: 64, kernelSize: [3, 3], activation: 'relu' }],
    ['maxPooling2d', 'pool_2'],
    ['flatten', 'flatten'],
    ['dense', 'hidden', { units: 128, activation: 'relu' }],
    ['dense', 'digits', { units: 10, activation: 'softmax' }],
  ]);

const lstm = (): Network =>
  chain('lstm', 'LSTM', [
    ['input', 'rows'],
    ['lstm', 'lstm', { units: 64 }],
    ['dense', 'digits', { units: 10, activation: 'softmax' }],
  ]);

const adam = { optimizer: { id: 'adam', parameters: { learningRate: 0.001 } } } as const;

export const mnistMlp: Template = {
  id: 'mnist-mlp',
  title: 'MLP',
  about: 'One hidden layer of 512 units reads digits: the classic first network.',
  group: 'Images',
  dataset: 'mnist',
  create: () => [mlp()],
  training: { optimizer: { id: 'rmsprop', parameters: { learningRate: 0.001 } }, epochs: 5, batchSize: 128, validationSplit: 0 },
};

export const mnistCnn: Template = {
  id: 'mnist-cnn',
  title: 'CNN',
  about: 'Two convolutions with pooling find strokes before the dense layers decide.',
  group: 'Images',
  dataset: 'mnist',
  create: () => [cnn()],
  training: { ...adam, epochs: 3, batchSize: 64, validationSplit: 0 },
};

export const mnistLstm: Template = {
  id: 'mnist-lstm',
  title: 'LSTM',
  about: 'Reads a digit as a series of 28 rows, one after the other.',
  group: 'Series',
  dataset: 'mnist',
  create: () => [lstm()],
  training: { ...adam, epochs: 3, batchSize: 64, validationSplit: 0 },
};

/** The sample project of the first start: small enough to finish in seconds, and everything is in the package. */
export const digits: Template = {
  id: 'digits',
  title: 'Race: MLP, CNN, LSTM',
  about: 'Three ways to read the same digits, trained on the same data and compared.',
  group: 'Images',
  dataset: 'mnist-sample',
  create: () => [mlp(), cnn(), lstm()],
  training: { ...adam, epochs: 5, batchSize: 64 },
};
