// ELU: a ReLU that bends smoothly towards −alpha below 0. Clevert, Unterthiner and Hochreiter, 2016.

import { number } from '../../lib/fields.ts';
import { eluOf } from '../activations/pieces.ts';
import { layer, only } from '../layer.ts';

export const elu = layer({
  id: 'elu',
  title: 'ELU',
  family: 'core',
  group: 'activations',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Like ReLU above 0; below it bends smoothly towards −alpha. Units below 0 still learn, and outputs centre around 0, which helps the next layer.',
    formula: 'y = x if x > 0, alpha · (e^x − 1) otherwise',
    source: 'https://keras.io/api/layers/activation_layers/elu/',
  },
  synonyms: ['activation', 'nonlinearity', 'exponential linear'],
  fields: { alpha: number({ label: 'Alpha', help: 'How far below 0 it can go.', min: 0, max: 100, sliderMax: 2, default: 1 }) },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => `alpha ${p.alpha}`,
  lower: (context, inputs, p) => eluOf(context.builder, only(inputs), p.alpha),
  keras: { className: 'ELU' },
});
