// DepthwiseConv1D: every feature of a sequence has filters of its own.

import { activationField } from '../activations/index.ts';
import {
  biasFields,
  convolutionDetail,
  depthMultiplierField,
  dilationStepsField,
  kernelStepsField,
  refuseStridesWithDilation,
  stepKeras,
  strideStepsField,
  withBias,
} from './convolving.ts';
import { initializerField } from '../initializers/index.ts';
import { inputOfRank, layer } from '../layer.ts';
import { activated, kernelPenaltyFields, kernelPenaltyKeras, regularizedWeight } from '../regularizers/index.ts';
import { asRow, asSequence, sequenceWhy, sequenceWords, stepPadding } from '../steps.ts';
import { paddingField } from '../windows.ts';

export const depthwiseConv1d = layer({
  id: 'depthwiseConv1d',
  title: 'DepthwiseConv1D',
  family: 'convolution',
  sight: 'window',
  help: {
    text: 'Slides filters over every feature of a sequence by itself, without mixing features: far less work than Conv1D. A Conv1D with kernel 1 after it mixes them.',
    formula: 'y_(c·m) = activation(Σ w_(c,m) · window_c + b)',
    source: 'https://keras.io/api/layers/convolution_layers/depthwise_convolution1d/',
  },
  synonyms: ['convolution', 'filter', 'sequence', 'signal', 'efficient'],
  fields: {
    kernelSize: kernelStepsField(),
    strides: strideStepsField(),
    padding: paddingField(),
    depthMultiplier: depthMultiplierField(),
    activation: activationField({ default: 'linear' }),
    dilationRate: dilationStepsField(),
    useBias: biasFields.useBias,
    depthwiseInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
    biasInitializer: biasFields.biasInitializer,
    ...kernelPenaltyFields,
  },
  inputs: 1,
  naturalRank: 2,
  describe: (p) => [`kernel ${p.kernelSize}`, p.depthMultiplier > 1 && `${p.depthMultiplier} per channel`, convolutionDetail(p)].filter(Boolean).join(' · '),
  lower(context, inputs, p) {
    const { builder } = context;
    const input = inputOfRank(inputs, 2, sequenceWords, sequenceWhy);
    const [, steps, channels] = input.shape as [number, number, number];
    refuseStridesWithDilation(p.strides, p.dilationRate);
    const window = { size: p.kernelSize, stride: p.strides, dilation: p.dilationRate, padding: p.padding, parameter: 'kernelSize', words: 'kernel size' };
    const padding = stepPadding(steps, window);
    const weight = regularizedWeight(context, 'kernel', [p.kernelSize, channels, p.depthMultiplier], { ...p, initializer: p.depthwiseInitializer });
    const kernel = builder.reshape(weight, { shape: [1, p.kernelSize, 1, channels * p.depthMultiplier] });
    const answer = builder.conv2d(asRow(builder, input), kernel, { strides: [1, p.strides], padding, dilations: [1, p.dilationRate], groups: channels });
    return activated(context, p, asSequence(builder, withBias(context, answer, p)));
  },
  keras: { className: 'DepthwiseConv1D', ...stepKeras(kernelPenaltyKeras('depthwise', 3)) },
});
