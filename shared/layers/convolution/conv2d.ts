// Conv2D: small filters slide over an image.

import { activationField } from '../activations/index.ts';
import {
  biasFields,
  convolutionDetail,
  dilationField,
  filtersField,
  filterWords,
  groupsField,
  kernelSizeField,
  refuseStridesWithDilation,
  refuseUnevenGroups,
  stridesField,
  withBias,
} from './convolving.ts';
import { initializerField } from '../initializers/index.ts';
import { inputOfRank, layer } from '../layer.ts';
import { activated, kernelPenaltyFields, kernelPenaltyKeras, regularizedWeight } from '../regularizers/index.ts';
import { imageWhy, imageWords, paddingField, pairWords, windowPadding } from '../windows.ts';

export const conv2d = layer({
  id: 'conv2d',
  title: 'Conv2D',
  family: 'convolution',
  sight: 'window',
  help: {
    text: 'Slides small filters over an image. A filter answers strongly where its pattern appears, wherever that is; so few weights serve the whole image.',
    formula: 'y_f = activation(Σ w_f · patch + b_f)',
    source: 'https://keras.io/api/layers/convolution_layers/convolution2d/',
  },
  synonyms: ['convolution', 'cnn', 'filter', 'kernel', 'image'],
  fields: {
    filters: filtersField(),
    kernelSize: kernelSizeField(),
    strides: stridesField(),
    padding: paddingField(),
    activation: activationField({ default: 'linear' }),
    dilationRate: dilationField(),
    groups: groupsField(),
    useBias: biasFields.useBias,
    kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
    biasInitializer: biasFields.biasInitializer,
    ...kernelPenaltyFields,
  },
  inputs: 1,
  naturalRank: 3,
  describe: (p) => [filterWords(p.filters), pairWords(p.kernelSize), convolutionDetail(p)].join(' · '),
  lower(context, inputs, p) {
    const input = inputOfRank(inputs, 3, imageWords, imageWhy);
    const channels = input.shape[3] as number;
    refuseStridesWithDilation(p.strides, p.dilationRate);
    refuseUnevenGroups(channels, p);
    const window = { size: p.kernelSize, strides: p.strides, dilations: p.dilationRate, padding: p.padding, parameter: 'kernelSize', words: 'kernel size' };
    const padding = windowPadding(input.shape, window);
    const kernel = regularizedWeight(context, 'kernel', [...p.kernelSize, channels / p.groups, p.filters], { ...p, initializer: p.kernelInitializer });
    const answer = context.builder.conv2d(input, kernel, { strides: p.strides, padding, dilations: p.dilationRate, groups: p.groups });
    return activated(context, p, withBias(context, answer, p));
  },
  keras: { className: 'Conv2D', extra: { data_format: 'channels_last' }, ...kernelPenaltyKeras('kernel', 4) },
});
