// Softmax as a layer: probabilities along an axis of choice.

import { axisField, axisWords, sampleAxis } from './axes.ts';
import { layer, only } from './layer.ts';

export const softmax = layer({
  id: 'softmax',
  title: 'Softmax',
  family: 'core',
  help: {
    text: 'Turns the values along one axis into probabilities: all between 0 and 1, together 1. Larger values get exponentially larger shares.',
    formula: 'y_i = e^(x_i) / Σ_j e^(x_j)',
    source: 'https://keras.io/api/layers/activation_layers/softmax/',
  },
  synonyms: ['activation', 'probabilities', 'classes'],
  fields: { axis: axisField('The axis along which the values add up to 1.') },
  inputs: 1,
  describe: (p) => axisWords(p.axis),
  lower(context, inputs, p) {
    const input = only(inputs);
    return context.builder.softmax(input, { axis: sampleAxis(input, p.axis) });
  },
  keras: { className: 'Softmax' },
});
