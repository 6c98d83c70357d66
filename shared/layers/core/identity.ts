// Identity: passes on what comes in.

import { layer, only } from '../layer.ts';

export const identity = layer({
  id: 'identity',
  title: 'Identity',
  family: 'core',
  group: 'further',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Gives back exactly what comes in. A place to look at what flows there, or a stand-in while a network is being drawn.',
    formula: 'y = x',
    source: 'https://keras.io/api/layers/core_layers/identity/',
  },
  synonyms: ['pass through', 'placeholder', 'nothing'],
  fields: {},
  inputs: 1,
  masking: 'keeps',
  describe: () => 'as it is',
  lower: (_context, inputs) => only(inputs),
  keras: { className: 'Identity' },
});
