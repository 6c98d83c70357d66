// Small problems that train in a second: where a single unit fails, and what a hidden layer changes.

import { adam, chain, type Template } from './template.ts';

export const logisticRegression: Template = {
  id: 'logistic-regression',
  title: 'Logistic regression',
  about: 'One layer with softmax: straight lines between three groups of points.',
  group: 'Tables',
  dataset: 'blobs',
  create: () => [
    chain('logistic', 'Logistic regression', [
      ['input', 'point'],
      ['dense', 'classes', { units: 3, activation: 'softmax' }],
    ]),
  ],
  training: { optimizer: { id: 'adam', parameters: { learningRate: 0.01 } }, epochs: 20, batchSize: 32 },
};

export const xor: Template = {
  id: 'xor',
  title: 'XOR',
  about: 'No single line separates XOR: one unit fails, four hidden units solve it.',
  group: 'Tables',
  dataset: 'xor',
  create: () => [
    chain('single', 'Single unit', [
      ['input', 'point'],
      ['dense', 'answer', { units: 1, activation: 'sigmoid' }],
    ]),
    chain('hidden', 'With hidden layer', [
      ['input', 'point'],
      ['dense', 'hidden', { units: 8, activation: 'tanh' }],
      ['dense', 'answer', { units: 1, activation: 'sigmoid' }],
    ]),
  ],
  training: { optimizer: { id: 'adam', parameters: { learningRate: 0.02 } }, epochs: 40, batchSize: 32 },
};

export const spirals: Template = {
  id: 'spirals',
  title: 'Two spirals',
  about: 'Two arms wound around each other: depth bends the border.',
  group: 'Tables',
  dataset: 'spirals',
  create: () => [
    chain('spirals', 'MLP', [
      ['input', 'point'],
      ['dense', 'hidden_1', { units: 64, activation: 'tanh' }],
      ['dense', 'hidden_2', { units: 64, activation: 'tanh' }],
      ['dense', 'answer', { units: 1, activation: 'sigmoid' }],
    ]),
  ],
  training: { optimizer: { id: 'adam', parameters: { learningRate: 0.01 } }, epochs: 100, batchSize: 32 },
};

export const sine: Template = {
  id: 'sine',
  title: 'Forecaster',
  about: 'A GRU learns to continue a noisy wave from its last steps.',
  group: 'Series',
  dataset: 'sine',
  create: () => [
    chain('forecaster', 'GRU', [
      ['input', 'window'],
      ['gru', 'gru', { units: 16 }],
      ['dense', 'next', { units: 1 }],
    ]),
  ],
  training: { optimizer: { id: 'adam', parameters: { learningRate: 0.01 } }, epochs: 15, batchSize: 32 },
};

const unit = () =>
  chain('perceptron', 'Perceptron', [
    ['input', 'point'],
    ['dense', 'answer', { units: 1, activation: 'binaryStep', kernelInitializer: 'zeros' }],
  ]);
/** One sample a step and plain SGD: Rosenblatt's rule. */
const rosenblatt = { optimizer: { id: 'sgd', parameters: { learningRate: 0.1 } }, loss: 'perceptron', batchSize: 1, epochs: 10 } as const;

export const perceptron: Template = {
  id: 'perceptron',
  title: 'Perceptron',
  about: 'One unit that says yes or no, taught by the rule of 1958: where a line separates the classes, it finds one.',
  group: 'Tables',
  dataset: 'and',
  create: () => [unit()],
  training: rosenblatt,
};

export const perceptronXor: Template = {
  id: 'perceptron-xor',
  title: 'Perceptron on XOR',
  about: 'The same unit where no line separates the classes: it never comes to rest. This ended the first wave in 1969.',
  group: 'Tables',
  dataset: 'xor',
  create: () => [unit()],
  training: rosenblatt,
};

export const linearRegression: Template = {
  id: 'linear-regression',
  title: 'Linear regression',
  about: 'One unit without activation: its weight is the slope, its bias the height of the line.',
  group: 'Tables',
  dataset: 'line',
  create: () => [
    chain('line', 'Linear regression', [
      ['input', 'x'],
      ['dense', 'y', { units: 1 }],
    ]),
  ],
  training: { ...adam(0.02), epochs: 20, batchSize: 32 },
};
