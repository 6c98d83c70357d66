// GlobalAveragePooling1D: of every feature, the mean over the whole sequence.

import { boolean } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { inputOfRank, layer } from '../layer.ts';
import { sequenceWhy, sequenceWords } from '../steps.ts';

export const globalAveragePooling1d = layer({
  id: 'globalAveragePooling1d',
  title: 'GlobalAveragePooling1D',
  family: 'pooling',
  sight: 'all',
  help: {
    text: 'Reduces every feature to its mean over the whole sequence: how strongly a pattern appears on the whole. Steps that a mask leaves out are not counted. Often stands between an Embedding or convolutions and the last layers.',
    formula: 'y_f = mean over all steps of x_f',
    source: 'https://keras.io/api/layers/pooling_layers/global_average_pooling1d/',
  },
  synonyms: ['pool', 'mean', 'gap', 'sequence'],
  fields: {
    keepdims: boolean({ label: 'Keep axes', help: 'Keeps the steps as an axis of size 1.', default: false, level: 'advanced' }),
  },
  inputs: 1,
  naturalRank: 2,
  describe: (p) => (p.keepdims ? '1 step' : 'mean of each feature'),
  lower(context, inputs, p) {
    const { builder } = context;
    const input = inputOfRank(inputs, 2, sequenceWords, sequenceWhy);
    const mask = context.inputMask();
    if (mask) return meanOfCounted(builder, input, mask, p.keepdims);
    return builder.reduceMean(input, { axes: [1], keepDims: p.keepdims });
  },
  keras: { className: 'GlobalAveragePooling1D', extra: { data_format: 'channels_last' } },
});

/** The mean over the steps that count. */
function meanOfCounted(builder: Builder, input: Tensor, mask: Tensor, keepDims: boolean): Tensor {
  const counted = builder.reshape(builder.cast(mask, { dtype: 'float32' }), { shape: [...mask.shape, 1] });
  const over = { axes: [1], keepDims };
  return builder.divide(builder.reduceSum(builder.multiply(input, counted), over), builder.reduceSum(counted, over));
}
