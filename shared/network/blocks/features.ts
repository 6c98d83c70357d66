// Ready blocks for sequences and plain features: the encoder of a transformer, and a dense layer with its dropout.

import { step } from '../templates/template.ts';
import type { ReadyBlock } from './ready.ts';

/** As many heads as divide the features, up to eight. */
const headsFor = (features: number): number => [8, 4, 2].find((heads) => features % heads === 0) ?? 1;

export const transformerEncoder: ReadyBlock = {
  id: 'transformer-encoder',
  title: 'Transformer encoder',
  about: 'Every step looks at all others, then a small network works on each step; a way around both, and normalization after it. The shape stays.',
  synonyms: ['attention', 'self-attention', 'bert', 'multi-head'],
  takes: 'sequences',
  usual: [16, 64],
  layers: (features) => {
    const heads = headsFor(features);
    return [
      step('input', 'in'),
      step('multiHeadAttention', 'attention', { numHeads: heads, keyDim: features / heads }),
      step('add', 'around_attention', {}, ['attention', 'in']),
      step('layerNormalization', 'norm_1'),
      step('dense', 'expand', { units: 4 * features, activation: 'relu' }),
      step('dense', 'contract', { units: features }),
      step('add', 'around_dense', {}, ['contract', 'norm_1']),
      step('layerNormalization', 'norm_2'),
    ];
  },
};

export const denseDropout: ReadyBlock = {
  id: 'dense-dropout',
  title: 'Dense-dropout',
  about: 'A Dense layer of which half the units are left out at random in every training step, so that none relies on a single other one.',
  synonyms: ['fully connected', 'regularization', 'classifier head'],
  takes: 'features',
  usual: [128],
  layers: () => [step('input', 'in'), step('dense', 'dense', { units: 128, activation: 'relu' }), step('dropout', 'dropout', { rate: 0.5 })],
};
