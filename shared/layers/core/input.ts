// Input: where a sample enters the network. Has no weights and computes nothing.

import { optionalShape } from '../../lib/fields.ts';
import { formatShape } from '../../tensor/types.ts';
import { layer, only } from '../layer.ts';

export const input = layer({
  id: 'input',
  title: 'Input',
  family: 'core',
  help: {
    text: 'Where the samples of the dataset enter the network. Left automatic, it takes the shape of the chosen dataset.',
    formula: 'y = x',
    source: 'https://keras.io/api/layers/core_layers/input/',
  },
  synonyms: ['data', 'start', 'features'],
  fields: {
    shape: optionalShape({ label: 'Shape', help: 'The sizes of one sample, without the batch. Automatic: as the dataset has it.', default: null }),
  },
  inputs: 0,
  describe: (p) => (p.shape ? formatShape(p.shape) : 'automatic'),
  lower: (_context, inputs) => only(inputs),
  keras: {
    className: 'InputLayer',
    extra: { sparse: false, ragged: false, optional: false },
    toConfig: (p) => ({ shape: undefined, batch_shape: p.shape ? [null, ...p.shape] : undefined }),
    fromConfig: (config) => ({ shape: Array.isArray(config['batch_shape']) ? config['batch_shape'].slice(1) : null }),
  },
});
