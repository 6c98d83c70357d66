// Softmax as a layer: probabilities along an axis of choice.

import type { Builder } from '../tensor/builder.ts';
import type { Tensor } from '../tensor/types.ts';
import { axisField, axisWords, sampleAxis } from './axes.ts';
import { layer, only } from './layer.ts';

export const softmax = layer({
  id: 'softmax',
  title: 'Softmax',
  family: 'core',
  group: 'activations',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Turns the values along one axis into probabilities: all between 0 and 1, together 1. Larger values get exponentially larger shares.',
    formula: 'y_i = e^(x_i) / Σ_j e^(x_j)',
    source: 'https://keras.io/api/layers/activation_layers/softmax/',
  },
  synonyms: ['activation', 'probabilities', 'classes'],
  fields: { axis: axisField('The axis along which the values add up to 1.') },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => axisWords(p.axis),
  lower(context, inputs, p) {
    const input = only(inputs);
    const axis = sampleAxis(input, p.axis),
      mask = context.inputMask();
    // A mask says which steps count: it fits where the values are one for each step.
    return mask && input.shape.length === 2 ? countedSoftmax(context.builder, input, mask) : context.builder.softmax(input, { axis });
  },
  keras: { className: 'Softmax' },
});

/** What does not count gets nothing, even where nothing counts. */
function countedSoftmax(builder: Builder, input: Tensor, mask: Tensor): Tensor {
  const shares = builder.softmax(builder.select(mask, input, builder.constant(-1e9)), { axis: 1 });
  return builder.select(mask, shares, builder.constant(0));
}
