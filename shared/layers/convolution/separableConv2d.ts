// SeparableConv2D: filters for every channel by itself, then a mixing of channels. Chollet, 2017.

import { activationField } from '../activations/index.ts';
import {
  biasFields,
  convolutionDetail,
  depthMultiplierField,
  dilationField,
  filtersField,
  filterWords,
  kernelSizeField,
  refuseStridesWithDilation,
  separableHeld,
  separableKeras,
  stridesField,
  withBias,
} from './convolving.ts';
import { held } from '../holding.ts';
import { initializerField } from '../initializers/index.ts';
import { inputOfRank, layer } from '../layer.ts';
import { activated } from '../regularizers/index.ts';
import { imageWhy, imageWords, paddingField, pairWords, windowPadding } from '../windows.ts';

export const separableConv2d = layer({
  id: 'separableConv2d',
  title: 'SeparableConv2D',
  family: 'convolution',
  sight: 'window',
  help: {
    text: 'Does the work of a Conv2D in two steps: first filters for every channel by itself, then a mixing of the channels at every place. It needs far fewer weights for nearly the same result; Xception is built of it.',
    formula: 'y_f = activation(Σ_c v_(f,c) · (Σ w_c · patch_c) + b_f)',
    source: 'https://keras.io/api/layers/convolution_layers/separable_convolution2d/',
  },
  synonyms: ['convolution', 'depthwise', 'pointwise', 'xception', 'filter', 'image', 'efficient'],
  fields: {
    filters: filtersField(),
    kernelSize: kernelSizeField(),
    strides: stridesField(),
    padding: paddingField(),
    activation: activationField({ default: 'linear' }),
    depthMultiplier: { ...depthMultiplierField(), level: 'advanced' },
    dilationRate: dilationField(),
    useBias: biasFields.useBias,
    depthwiseInitializer: initializerField({ label: 'Channel kernel initializer', default: 'glorotUniform' }),
    pointwiseInitializer: initializerField({ label: 'Mixing kernel initializer', default: 'glorotUniform' }),
    biasInitializer: biasFields.biasInitializer,
    ...separableHeld,
  },
  inputs: 1,
  naturalRank: 3,
  describe: (p) => [filterWords(p.filters), pairWords(p.kernelSize), convolutionDetail(p)].join(' · '),
  lower(context, inputs, p) {
    const { builder } = context;
    const input = inputOfRank(inputs, 3, imageWords, imageWhy);
    const channels = input.shape[3] as number,
      inner = channels * p.depthMultiplier;
    refuseStridesWithDilation(p.strides, p.dilationRate);
    const window = { size: p.kernelSize, strides: p.strides, dilations: p.dilationRate, padding: p.padding, parameter: 'kernelSize', words: 'kernel size' };
    const padding = windowPadding(input.shape, window);
    const depthwise = held(context, 'depthwise_kernel', [...p.kernelSize, channels, p.depthMultiplier], p.depthwiseInitializer, p, 'depthwise');
    const pointwise = held(context, 'pointwise_kernel', [1, 1, inner, p.filters], p.pointwiseInitializer, p, 'pointwise');
    const own = builder.reshape(depthwise, { shape: [...p.kernelSize, 1, inner] });
    const filtered = builder.conv2d(input, own, { strides: p.strides, padding, dilations: p.dilationRate, groups: channels });
    const mixed = builder.conv2d(filtered, pointwise, { strides: [1, 1], padding: [0, 0, 0, 0] });
    return activated(context, p, withBias(context, mixed, p));
  },
  keras: { className: 'SeparableConv2D', extra: { data_format: 'channels_last' }, ...separableKeras(4) },
});
