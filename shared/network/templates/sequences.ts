// Networks that read one step after the other, or all steps at once: series, letters, sequences that become sequences.

import { adam, chain, graph, step, type Template } from './template.ts';

export const gruClassifier: Template = {
  id: 'gru-classifier',
  title: 'GRU classifier',
  about: 'Reads a digit as a series of rows with two gates instead of the LSTM’s three.',
  group: 'Series',
  dataset: 'mnist-sample',
  create: () => [
    chain('gru', 'GRU', [
      ['input', 'rows'],
      ['gru', 'gru', { units: 64 }],
      ['dense', 'digits', { units: 10, activation: 'softmax' }],
    ]),
  ],
  training: { ...adam(0.003), epochs: 8, batchSize: 64 },
};

export const lstmClassifier: Template = {
  id: 'lstm-classifier',
  title: 'LSTM classifier',
  about: 'Two LSTM layers on each other: the first gives its whole sequence to the second.',
  group: 'Series',
  dataset: 'mnist-sample',
  create: () => [
    chain('lstm', 'LSTM', [
      ['input', 'rows'],
      ['lstm', 'lstm_1', { units: 48, returnSequences: true }],
      ['lstm', 'lstm_2', { units: 48 }],
      ['dense', 'digits', { units: 10, activation: 'softmax' }],
    ]),
  ],
  training: { ...adam(0.003), epochs: 8, batchSize: 64 },
};

export const sequenceToSequence: Template = {
  id: 'seq2seq',
  title: 'Sequence to sequence',
  about: 'An encoder reads a sequence into one vector, a decoder writes it out backwards.',
  group: 'Series',
  dataset: 'reverse',
  create: () => [
    chain('seq2seq', 'Encoder and decoder', [
      ['input', 'symbols', { shape: [6] }],
      ['embedding', 'embedding', { inputDim: 8, outputDim: 16 }],
      ['lstm', 'encoder', { units: 64 }],
      ['repeatVector', 'thought', { n: 6 }],
      ['lstm', 'decoder', { units: 64, returnSequences: true }],
      ['dense', 'backwards', { units: 8, activation: 'softmax' }],
    ]),
  ],
  training: { ...adam(0.005), epochs: 20, batchSize: 64 },
};

export const textClassifier: Template = {
  id: 'text-classifier',
  title: 'Text classifier',
  about: 'Letters become vectors, small filters find groups of letters, and the strongest decide: from which language is a name?',
  group: 'Text',
  dataset: 'names',
  create: () => [
    chain('text', 'Letters and filters', [
      ['input', 'letters', { shape: [12] }],
      ['embedding', 'embedding', { inputDim: 28, outputDim: 16 }],
      ['conv1d', 'groups', { filters: 64, kernelSize: 3, padding: 'same', activation: 'relu' }],
      ['globalMaxPooling1d', 'strongest'],
      ['dropout', 'dropout', { rate: 0.3 }],
      ['dense', 'language', { units: 8, activation: 'softmax' }],
    ]),
  ],
  training: { ...adam(0.003), epochs: 20, batchSize: 32 },
};

export const characterGenerator: Template = {
  id: 'character-generator',
  title: 'Character generator',
  about: 'Learns which letter follows 32 letters of Shakespeare; asked again and again, it writes.',
  group: 'Text',
  dataset: 'shakespeare',
  create: () => [
    chain('letters', 'Next letter', [
      ['input', 'letters', { shape: [32] }],
      ['embedding', 'embedding', { inputDim: 30, outputDim: 24 }],
      ['gru', 'gru', { units: 96 }],
      ['dense', 'next', { units: 30, activation: 'softmax' }],
    ]),
  ],
  training: { ...adam(0.004), epochs: 8, batchSize: 64 },
};

export const transformerEncoder: Template = {
  id: 'transformer-encoder',
  title: 'Transformer encoder',
  about: 'Every letter looks at all others at once: attention, a small network for each place, and a way around both.',
  group: 'Text',
  dataset: 'names',
  create: () => [
    graph('transformer', 'Transformer encoder', [
      step('input', 'letters', { shape: [12] }),
      step('embedding', 'embedding', { inputDim: 28, outputDim: 32 }),
      step('positionEmbedding', 'places'),
      step('multiHeadAttention', 'attention', { numHeads: 4, keyDim: 8 }),
      step('add', 'around_attention', {}, ['attention', 'places']),
      step('layerNormalization', 'norm_1'),
      step('dense', 'expand', { units: 64, activation: 'relu' }),
      step('dense', 'contract', { units: 32 }),
      step('add', 'around_dense', {}, ['contract', 'norm_1']),
      step('layerNormalization', 'norm_2'),
      step('globalAveragePooling1d', 'pool'),
      step('dropout', 'dropout', { rate: 0.2 }),
      step('dense', 'language', { units: 8, activation: 'softmax' }),
    ]),
  ],
  training: { ...adam(0.002), epochs: 20, batchSize: 32 },
};
