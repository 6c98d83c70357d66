// LayerNormalization: brings every sample by itself to mean 0 and variance 1 along an axis. Ba, Kiros and Hinton, 2016.

import { axesKeras, axesWords, axisField, moreAxesField, sampleAxes } from '../axes.ts';
import { layer, only } from '../layer.ts';
import { alongAxes, epsilonField, learned, learnedFields, learnedKeras, standardized } from './scaleAndOffset.ts';

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
  fields: { axis: axisField('The axis that is brought to mean 0 and variance 1.'), moreAxes: moreAxesField(), epsilon: epsilonField(0.001), ...learnedFields },
  inputs: 1,
  masking: 'keeps',
  describe: axesWords,
  lower(context, inputs, p) {
    const input = only(inputs);
    const axes = sampleAxes(input, p);
    const sizes = axes.map((axis) => input.shape[axis] as number);
    const weights = learned(context, sizes, alongAxes(input.shape, axes), p);
    return standardized(context.builder, input, axes, { ...weights, epsilon: p.epsilon });
  },
  // Once built, Keras writes the axis as a list.
  keras: {
    className: 'LayerNormalization',
    extra: { rms_scaling: false },
    ...learnedKeras,
    toConfig: (p) => ({ ...learnedKeras.toConfig(p), ...axesKeras.toConfig(p), axis: [...(p.moreAxes ?? []), p.axis] }),
    fromConfig(config) {
      const axes = axesKeras.fromConfig(config);
      const held = learnedKeras.fromConfig(config);
      return held && { ...held, ...axes };
    },
  },
});
