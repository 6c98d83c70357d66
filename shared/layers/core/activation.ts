// Activation: an activation function as a layer of its own.

import { activate, activationField, activationTitle } from '../activations/index.ts';
import { layer, only } from '../layer.ts';

export const activation = layer({
  id: 'activation',
  title: 'Activation',
  family: 'core',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Applies an activation function to every value. Layers bring their own; as a layer of its own it can stand after another one, for example after BatchNormalization.',
    formula: 'y = activation(x)',
    source: 'https://keras.io/api/layers/core_layers/activation/',
  },
  synonyms: ['relu', 'sigmoid', 'tanh', 'softmax', 'step', 'nonlinearity'],
  fields: { activation: activationField({ default: 'relu' }) },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => activationTitle(p.activation),
  lower: (context, inputs, p) => activate(context.builder, p.activation, only(inputs)),
  keras: { className: 'Activation' },
});
