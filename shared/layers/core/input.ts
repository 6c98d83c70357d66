// Input: where a sample enters the network. Has no weights and computes nothing.

import { optionalInteger, optionalShape } from '../../lib/fields.ts';
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
    axes: optionalInteger({
      label: 'Axes',
      help: 'How many a sample has where the shape is automatic. Left empty: as many as the layer behind it is made for.',
      min: 1,
      max: 8,
      level: 'advanced',
      default: null,
    }),
  },
  inputs: 0,
  describe: (p) => (p.shape ? formatShape(p.shape) : 'automatic'),
  lower: (_context, inputs) => only(inputs),
  keras: {
    className: 'InputLayer',
    extra: { sparse: false, ragged: false, optional: false },
    toConfig: (p) => ({ shape: undefined, axes: undefined, batch_shape: p.shape ? [null, ...p.shape] : undefined }),
    fromConfig: ({ batch_shape: shape, axes }) => ({ shape: Array.isArray(shape) ? shape.slice(1) : null, ...(typeof axes === 'number' && { axes }) }),
  },
});
