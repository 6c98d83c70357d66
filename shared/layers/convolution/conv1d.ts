// Conv1D: small filters slide over a sequence.

import { activationField } from '../activations/index.ts';
import {
  biasFields,
  convolutionDetail,
  dilationStepsField,
  filtersField,
  filterWords,
  groupsField,
  kernelStepsField,
  refuseStridesWithDilation,
  refuseUnevenGroups,
  stepKeras,
  strideStepsField,
  withBias,
} from './convolving.ts';
import { initializerField } from '../initializers/index.ts';
import { inputOfRank, layer } from '../layer.ts';
import { activated, kernelPenaltyFields, kernelPenaltyKeras, regularizedWeight } from '../regularizers/index.ts';
import { asRow, asSequence, sequenceWhy, sequenceWords, stepPadding, stepPaddingField } from '../steps.ts';

export const conv1d = layer({
  id: 'conv1d',
  title: 'Conv1D',
  family: 'convolution',
  sight: 'window',
  help: {
    text: 'Slides small filters over a sequence, for example over time. A filter answers strongly where its pattern appears, whenever that is. With causal padding no output sees the future; with dilation a few layers look far back.',
    formula: 'y_t = activation(Σ_k x_(t+k) · w_k + b)',
    source: 'https://keras.io/api/layers/convolution_layers/convolution1d/',
  },
  synonyms: ['convolution', 'sequence', 'time series', 'signal', 'text', 'causal', 'temporal', 'wavenet'],
  fields: {
    filters: filtersField(),
    kernelSize: kernelStepsField(),
    strides: strideStepsField(),
    padding: stepPaddingField(),
    activation: activationField({ default: 'linear' }),
    dilationRate: dilationStepsField(),
    groups: groupsField(),
    useBias: biasFields.useBias,
    kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
    biasInitializer: biasFields.biasInitializer,
    ...kernelPenaltyFields,
  },
  inputs: 1,
  naturalRank: 2,
  describe: (p) => [filterWords(p.filters), `kernel ${p.kernelSize}`, convolutionDetail(p)].join(' · '),
  lower(context, inputs, p) {
    const { builder } = context;
    const input = inputOfRank(inputs, 2, sequenceWords, sequenceWhy);
    const [, steps, channels] = input.shape as [number, number, number];
    refuseStridesWithDilation(p.strides, p.dilationRate);
    refuseUnevenGroups(channels, p);
    const window = { size: p.kernelSize, stride: p.strides, dilation: p.dilationRate, padding: p.padding, parameter: 'kernelSize', words: 'kernel size' };
    const padding = stepPadding(steps, window);
    const weight = regularizedWeight(context, 'kernel', [p.kernelSize, channels / p.groups, p.filters], { ...p, initializer: p.kernelInitializer });
    const kernel = builder.reshape(weight, { shape: [1, ...weight.shape] });
    const answer = builder.conv2d(asRow(builder, input), kernel, { strides: [1, p.strides], padding, dilations: [1, p.dilationRate], groups: p.groups });
    return activated(context, p, asSequence(builder, withBias(context, answer, p)));
  },
  keras: { className: 'Conv1D', ...stepKeras(kernelPenaltyKeras('kernel', 3)) },
});
