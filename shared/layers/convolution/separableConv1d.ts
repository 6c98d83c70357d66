// SeparableConv1D: filters for every feature by itself, then a mixing of features.

import { activationField } from '../activations/index.ts';
import {
  biasFields,
  convolutionDetail,
  depthMultiplierField,
  dilationStepsField,
  filtersField,
  filterWords,
  kernelStepsField,
  refuseStridesWithDilation,
  separableHeld,
  separableKeras,
  stepKeras,
  strideStepsField,
  withBias,
} from './convolving.ts';
import { held } from '../holding.ts';
import { initializerField } from '../initializers/index.ts';
import { inputOfRank, layer } from '../layer.ts';
import { activated } from '../regularizers/index.ts';
import { asRow, asSequence, sequenceWhy, sequenceWords, stepPadding } from '../steps.ts';
import { paddingField } from '../windows.ts';

export const separableConv1d = layer({
  id: 'separableConv1d',
  title: 'SeparableConv1D',
  family: 'convolution',
  sight: 'window',
  help: {
    text: 'Does the work of a Conv1D in two steps: first filters for every feature by itself, then a mixing of the features at every step. It needs far fewer weights for nearly the same result.',
    formula: 'y_f = activation(Σ_c v_(f,c) · (Σ w_c · window_c) + b_f)',
    source: 'https://keras.io/api/layers/convolution_layers/separable_convolution1d/',
  },
  synonyms: ['convolution', 'depthwise', 'pointwise', 'filter', 'sequence', 'signal', 'efficient'],
  fields: {
    filters: filtersField(),
    kernelSize: kernelStepsField(),
    strides: strideStepsField(),
    padding: paddingField(),
    activation: activationField({ default: 'linear' }),
    depthMultiplier: { ...depthMultiplierField(), level: 'advanced' },
    dilationRate: dilationStepsField(),
    useBias: biasFields.useBias,
    depthwiseInitializer: initializerField({ label: 'Channel kernel initializer', default: 'glorotUniform' }),
    pointwiseInitializer: initializerField({ label: 'Mixing kernel initializer', default: 'glorotUniform' }),
    biasInitializer: biasFields.biasInitializer,
    ...separableHeld,
  },
  inputs: 1,
  naturalRank: 2,
  describe: (p) => [filterWords(p.filters), `kernel ${p.kernelSize}`, convolutionDetail(p)].join(' · '),
  lower(context, inputs, p) {
    const { builder } = context;
    const input = inputOfRank(inputs, 2, sequenceWords, sequenceWhy);
    const [, steps, channels] = input.shape as [number, number, number];
    const inner = channels * p.depthMultiplier;
    refuseStridesWithDilation(p.strides, p.dilationRate);
    const window = { size: p.kernelSize, stride: p.strides, dilation: p.dilationRate, padding: p.padding, parameter: 'kernelSize', words: 'kernel size' };
    const padding = stepPadding(steps, window);
    const depthwise = held(context, 'depthwise_kernel', [p.kernelSize, channels, p.depthMultiplier], p.depthwiseInitializer, p, 'depthwise');
    const pointwise = held(context, 'pointwise_kernel', [1, inner, p.filters], p.pointwiseInitializer, p, 'pointwise');
    const own = builder.reshape(depthwise, { shape: [1, p.kernelSize, 1, inner] });
    const filtered = builder.conv2d(asRow(builder, input), own, { strides: [1, p.strides], padding, dilations: [1, p.dilationRate], groups: channels });
    const mixed = builder.matMul(asSequence(builder, filtered), builder.reshape(pointwise, { shape: [inner, p.filters] }));
    return activated(context, p, withBias(context, mixed, p));
  },
  keras: { className: 'SeparableConv1D', ...stepKeras(separableKeras(3)) },
});
