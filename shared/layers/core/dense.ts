// Dense: every unit sees every feature.

import { boolean, integer } from '../../lib/fields.ts';
import { activationField, activationTitle } from '../activations/index.ts';
import { withBias } from '../convolution/convolving.ts';
import { initializerField } from '../initializers/index.ts';
import { LayerError, layer, only } from '../layer.ts';
import { activated, kernelPenaltyFields, kernelPenaltyKeras, regularizedWeight } from '../regularizers/index.ts';
import { addOrthogonality, orthogonalFields, orthogonalKeras } from '../regularizers/orthogonal.ts';

export const dense = layer({
  id: 'dense',
  title: 'Dense',
  family: 'core',
  sight: 'place',
  help: {
    text: 'Every unit takes a weighted sum of all incoming features, adds its bias and applies the activation. The basic building block of a multilayer perceptron.',
    formula: 'y = activation(x · W + b)',
    source: 'https://keras.io/api/layers/core_layers/dense/',
  },
  synonyms: ['fully connected', 'linear', 'perceptron'],
  fields: {
    units: integer({ label: 'Units', help: 'How many outputs the layer has.', min: 1, max: 1_000_000, sliderMax: 1024, default: 64 }),
    activation: activationField({ default: 'linear' }),
    useBias: boolean({ label: 'Bias', help: 'Adds a learned constant to every unit.', default: true, level: 'advanced' }),
    kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
    biasInitializer: initializerField({ label: 'Bias initializer', default: 'zeros', vector: true }),
    ...kernelPenaltyFields,
    ...orthogonalFields,
  },
  inputs: 1,
  masking: 'keeps',
  naturalRank: 1,
  describe: (p) => [`${p.units} ${p.units === 1 ? 'unit' : 'units'}`, activationTitle(p.activation)].join(' · '),
  lower(context, inputs, p) {
    const input = only(inputs);
    const features = input.shape.at(-1);
    if (input.shape.length < 2 || features === undefined)
      throw new LayerError({ code: 'rank', input: 0, what: 'It needs at least one feature per sample, but gets a single number.' });
    const kernel = regularizedWeight(context, 'kernel', [features, p.units], { ...p, initializer: p.kernelInitializer });
    addOrthogonality(context, kernel, p);
    const product = context.builder.matMul(input, kernel);
    return activated(context, p, withBias(context, product, p));
  },
  keras: { className: 'Dense', ...orthogonalKeras(kernelPenaltyKeras('kernel', 2)) },
});
