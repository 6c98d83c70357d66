// DepthwiseConv2D: every channel of an image has filters of its own.

import { activationField } from '../activations/index.ts';
import {
  biasFields,
  convolutionDetail,
  depthMultiplierField,
  dilationField,
  kernelSizeField,
  refuseStridesWithDilation,
  stridesField,
  withBias,
} from './convolving.ts';
import { initializerField } from '../initializers/index.ts';
import { inputOfRank, layer } from '../layer.ts';
import { activated, kernelPenaltyFields, kernelPenaltyKeras, regularizedWeight } from '../regularizers/index.ts';
import { imageWhy, imageWords, paddingField, pairWords, windowPadding } from '../windows.ts';

export const depthwiseConv2d = layer({
  id: 'depthwiseConv2d',
  title: 'DepthwiseConv2D',
  family: 'convolution',
  sight: 'window',
  help: {
    text: 'Slides filters over every channel of an image by itself, without mixing channels: far less work than Conv2D. A Conv2D with kernel 1 after it mixes them; together they are the block that MobileNet is built of.',
    formula: 'y_(c·m) = activation(Σ w_(c,m) · patch_c + b)',
    source: 'https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/',
  },
  synonyms: ['convolution', 'mobilenet', 'filter', 'kernel', 'image', 'efficient'],
  fields: {
    kernelSize: kernelSizeField(),
    strides: stridesField(),
    padding: paddingField(),
    depthMultiplier: depthMultiplierField(),
    activation: activationField({ default: 'linear' }),
    dilationRate: dilationField(),
    useBias: biasFields.useBias,
    depthwiseInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
    biasInitializer: biasFields.biasInitializer,
    ...kernelPenaltyFields,
  },
  inputs: 1,
  naturalRank: 3,
  describe: (p) => [pairWords(p.kernelSize), p.depthMultiplier > 1 && `${p.depthMultiplier} per channel`, convolutionDetail(p)].filter(Boolean).join(' · '),
  lower(context, inputs, p) {
    const { builder } = context;
    const input = inputOfRank(inputs, 3, imageWords, imageWhy);
    const channels = input.shape[3] as number;
    refuseStridesWithDilation(p.strides, p.dilationRate);
    const window = { size: p.kernelSize, strides: p.strides, dilations: p.dilationRate, padding: p.padding, parameter: 'kernelSize', words: 'kernel size' };
    const padding = windowPadding(input.shape, window);
    const weight = regularizedWeight(context, 'kernel', [...p.kernelSize, channels, p.depthMultiplier], { ...p, initializer: p.depthwiseInitializer });
    const kernel = builder.reshape(weight, { shape: [...p.kernelSize, 1, channels * p.depthMultiplier] });
    const answer = builder.conv2d(input, kernel, { strides: p.strides, padding, dilations: p.dilationRate, groups: channels });
    return activated(context, p, withBias(context, answer, p));
  },
  keras: { className: 'DepthwiseConv2D', extra: { data_format: 'channels_last' }, ...kernelPenaltyKeras('depthwise', 4) },
});
