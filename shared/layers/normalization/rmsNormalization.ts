// RMSNormalization: divides by the root of the mean square. Zhang and Sennrich, 2019.

import { LayerError, layer, only } from '../layer.ts';
import { epsilonField } from './scaleAndOffset.ts';

export const rmsNormalization = layer({
  id: 'rmsNormalization',
  title: 'RMSNormalization',
  family: 'normalization',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Divides the features of every sample by their typical size (the root of the mean square) and lets the network choose a scale for each. LayerNormalization without its mean and offset: less work, and about as good. Usual in large language models.',
    formula: 'y = scale · x / √(mean(x²) + epsilon)',
    source: 'https://keras.io/api/layers/normalization_layers/rms_normalization/',
  },
  synonyms: ['rmsnorm', 'norm', 'root mean square', 'transformer', 'llm'],
  fields: { epsilon: epsilonField(1e-6) },
  inputs: 1,
  describe: () => 'features of each sample',
  lower(context, inputs, p) {
    const { builder } = context;
    const input = only(inputs);
    const features = input.shape.at(-1);
    if (input.shape.length < 2 || features === undefined)
      throw new LayerError({ code: 'rank', input: 0, what: 'It needs at least one feature per sample, but gets a single number.' });
    const scale = context.weight('scale', [features], { initializer: 'ones' });
    const meanSquare = builder.reduceMean(builder.square(input), { axes: [input.shape.length - 1], keepDims: true });
    const inverse = builder.reciprocal(builder.sqrt(builder.add(meanSquare, builder.constant(p.epsilon))));
    return builder.multiply(builder.multiply(input, inverse), scale);
  },
  // Keras has an axis too, but its scale fits the last one only.
  keras: { className: 'RMSNormalization', toConfig: () => ({ axis: [-1] }), fromConfig: ({ axis = -1 }) => (String(axis) === '-1' ? {} : null) },
});
