// LayerNormalization: brings every sample by itself to mean 0 and variance 1 along an axis. Ba, Kiros and Hinton, 2016.

import { axisField, axisWords, sampleAxis } from './axes.ts';
import { layer, only } from './layer.ts';
import { alongAxis, epsilonField, learned, learnedFields, learnedKeras, standardized } from './scaleAndOffset.ts';

export const layerNormalization = layer({
  id: 'layerNormalization',
  title: 'LayerNormalization',
  family: 'normalization',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Brings the features of every sample, at every place, to mean 0 and variance 1, then lets the network choose its own scale (gamma) and offset (beta). It does not look at the other samples of a batch, so it works the same while training and when predicting. Usual in transformers and recurrent networks.',
    formula: 'y = gamma · (x − mean) / √(variance + epsilon) + beta, mean and variance along the axis',
    source: 'https://keras.io/api/layers/normalization_layers/layer_normalization/',
  },
  synonyms: ['layernorm', 'norm', 'standardize', 'transformer'],
  fields: { axis: axisField('The axis that is brought to mean 0 and variance 1.'), epsilon: epsilonField(0.001), ...learnedFields },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => axisWords(p.axis),
  lower(context, inputs, p) {
    const input = only(inputs);
    const axis = sampleAxis(input, p.axis);
    const size = input.shape[axis] as number;
    const weights = learned(context, size, alongAxis(input.shape.length, axis, size), p);
    return standardized(context.builder, input, [axis], { ...weights, epsilon: p.epsilon });
  },
  // Once built, Keras writes the axis as a list.
  keras: {
    className: 'LayerNormalization',
    extra: { rms_scaling: false },
    ...learnedKeras,
    toConfig: (p) => ({ ...learnedKeras.toConfig(p), axis: [p.axis] }),
    fromConfig(config) {
      const { axis = -1 } = config;
      const held = learnedKeras.fromConfig(config);
      return held && { ...held, axis: (Array.isArray(axis) && axis.length === 1 ? axis[0] : axis) as number };
    },
  },
});
