// Softmax as a layer: probabilities along an axis of choice.

import type { Builder } from '../../tensor/builder.ts';
import { sizeOf, type Tensor } from '../../tensor/types.ts';
import { axesKeras, axesWords, axisField, moreAxesField, sampleAxes } from '../axes.ts';
import { layer, only } from '../layer.ts';

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
  fields: { axis: axisField('The axis along which the values add up to 1.'), moreAxes: moreAxesField() },
  inputs: 1,
  masking: 'keeps',
  describe: axesWords,
  lower(context, inputs, p) {
    const input = only(inputs);
    const axes = sampleAxes(input, p),
      mask = context.inputMask();
    // A mask says which steps count: it fits where the values are one for each step.
    return mask && input.shape.length === 2 ? countedSoftmax(context.builder, input, mask) : softmaxOver(context.builder, input, axes);
  },
  keras: { className: 'Softmax', ...axesKeras },
});

/** Shares over all places of the axes together. */
function softmaxOver(builder: Builder, input: Tensor, axes: readonly number[]): Tensor {
  const [axis] = axes;
  if (axes.length === 1 && axis !== undefined) return builder.softmax(input, { axis });
  const permutation = [...input.shape.keys()].filter((one) => !axes.includes(one)).concat(axes);
  const turned = builder.transpose(input, { permutation });
  const flat = builder.reshape(turned, { shape: [...turned.shape.slice(0, -axes.length), sizeOf(axes.map((one) => input.shape[one] as number))] });
  const shares = builder.reshape(builder.softmax(flat, { axis: -1 }), { shape: turned.shape });
  return builder.transpose(shares, { permutation: permutation.map((_, i) => permutation.indexOf(i)) });
}

/** What does not count gets nothing, even where nothing counts. */
function countedSoftmax(builder: Builder, input: Tensor, mask: Tensor): Tensor {
  const shares = builder.softmax(builder.select(mask, input, builder.constant(-1e9)), { axis: 1 });
  return builder.select(mask, shares, builder.constant(0));
}
