// Flatten: all values of a sample in one row.

import { sizeOf } from '../../tensor/types.ts';
import { layer, only } from '../layer.ts';

export const flatten = layer({
  id: 'flatten',
  title: 'Flatten',
  family: 'core',
  sight: 'all',
  help: {
    text: 'Puts all values of a sample in one row, row by row, so that a Dense layer can see all of them. Nothing is computed; which values were neighbours is forgotten.',
    formula: 'y = all values of x, one after the other',
    source: 'https://keras.io/api/layers/reshaping_layers/flatten/',
  },
  synonyms: ['vector', 'reshape'],
  fields: {},
  inputs: 1,
  describe: () => 'one row',
  lower(context, inputs) {
    const input = only(inputs);
    return context.builder.reshape(input, { shape: [-1, sizeOf(input.shape.slice(1))] });
  },
  keras: { className: 'Flatten', extra: { data_format: 'channels_last' } },
});
