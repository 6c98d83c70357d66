// MaxPooling2D: of every window, the largest value.

import type { Tensor } from '../../tensor/types.ts';
import { layer } from '../layer.ts';
import { describePooling, poolingFields, poolingKeras, poolingOf } from './pooling.ts';

export const maxPooling2d = layer({
  id: 'maxPooling2d',
  title: 'MaxPooling2D',
  family: 'pooling',
  sight: 'window',
  help: {
    text: 'Keeps the largest value of every window, channel by channel. The image shrinks; what was found stays, its exact place is forgotten.',
    formula: 'y = max(window)',
    source: 'https://keras.io/api/layers/pooling_layers/max_pooling2d/',
  },
  synonyms: ['pool', 'downsample', 'subsampling'],
  fields: poolingFields,
  inputs: 1,
  naturalRank: 3,
  describe: describePooling,
  lower(context, inputs, p) {
    const { input, attributes } = poolingOf(inputs, p);
    const { builder } = context;
    // The larger of two stays the larger under ReLU, so pooling first gives the same values and gradients with a quarter of the work for ReLU.
    const before = builder.producerOf(input);
    if (before?.operation === 'relu') return builder.relu(builder.maxPool2d(before.inputs[0] as Tensor, attributes));
    return builder.maxPool2d(input, attributes);
  },
  keras: { className: 'MaxPooling2D', ...poolingKeras },
});
