// Conv2D: small filters slide over an image.

import { boolean, integer, pair, type Values } from '../lib/fields.ts';
import { activate, activationField, activationTitle } from './activations/index.ts';
import { initializerField } from './initializers/index.ts';
import { inputOfRank, LayerError, layer } from './layer.ts';
import { kernelPenaltyFields, kernelPenaltyKeras, regularizedWeight } from './regularizers/index.ts';
import { imageWhy, imageWords, paddingField, pairWords, windowPadding } from './windows.ts';

const fields = {
  filters: integer({
    label: 'Filters',
    help: 'How many patterns the layer looks for; each gives one channel of the output.',
    min: 1,
    max: 100_000,
    sliderMax: 512,
    default: 32,
  }),
  kernelSize: pair({ label: 'Kernel size', help: 'Rows and columns a filter sees at once.', min: 1, max: 1000, sliderMax: 11, default: [3, 3] }),
  strides: pair({
    label: 'Stride',
    help: 'How far the window moves at each step. 2 halves the output’s rows and columns.',
    min: 1,
    max: 1000,
    sliderMax: 4,
    default: [1, 1],
  }),
  padding: paddingField(),
  activation: activationField({ default: 'linear' }),
  dilationRate: pair({
    label: 'Dilation',
    help: 'Distance between the positions a filter looks at; above 1 it sees a wider area with the same weights.',
    min: 1,
    max: 1000,
    level: 'advanced',
    default: [1, 1],
  }),
  groups: integer({
    label: 'Groups',
    help: 'Splits the channels into so many groups that do not see each other.',
    min: 1,
    max: 100_000,
    level: 'advanced',
    default: 1,
  }),
  useBias: boolean({ label: 'Bias', help: 'Adds a learned constant to every filter’s answer.', default: true, level: 'advanced' }),
  kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
  biasInitializer: initializerField({ label: 'Bias initializer', default: 'zeros', vector: true }),
  ...kernelPenaltyFields,
};
type Parameters = Values<typeof fields>;

export const conv2d = layer({
  id: 'conv2d',
  title: 'Conv2D',
  family: 'convolution',
  help: {
    text: 'Slides small filters over an image. A filter answers strongly where its pattern appears, wherever that is; so few weights serve the whole image.',
    formula: 'y_f = activation(Σ w_f · patch + b_f)',
    source: 'https://keras.io/api/layers/convolution_layers/convolution2d/',
  },
  synonyms: ['convolution', 'cnn', 'filter', 'kernel', 'image'],
  fields,
  inputs: 1,
  naturalRank: 3,
  describe: (p) => [`${p.filters} ${p.filters === 1 ? 'filter' : 'filters'}`, pairWords(p.kernelSize), detail(p)].join(' · '),
  lower(context, inputs, p) {
    const input = inputOfRank(inputs, 3, imageWords, imageWhy);
    const channels = input.shape[3] as number;
    checkParameters(channels, p);
    const padding = windowPadding(input.shape, {
      size: p.kernelSize,
      strides: p.strides,
      dilations: p.dilationRate,
      padding: p.padding,
      parameter: 'kernelSize',
      words: 'kernel size',
    });
    const kernel = regularizedWeight(context, 'kernel', [...p.kernelSize, channels / p.groups, p.filters], { ...p, initializer: p.kernelInitializer });
    const answer = context.builder.conv2d(input, kernel, { strides: p.strides, padding, dilations: p.dilationRate, groups: p.groups });
    const sum = p.useBias ? context.builder.add(answer, context.weight('bias', [p.filters], { initializer: p.biasInitializer })) : answer;
    return activate(context.builder, p.activation, sum);
  },
  keras: { className: 'Conv2D', extra: { data_format: 'channels_last' }, ...kernelPenaltyKeras('kernel_regularizer') },
});

/** The most telling of what is left to say. */
function detail(p: Parameters): string {
  if (p.activation !== 'linear') return activationTitle(p.activation);
  const [rows, columns] = p.strides;
  if (rows !== 1 || columns !== 1) return `stride ${rows === columns ? rows : pairWords(p.strides)}`;
  return p.padding;
}

function checkParameters(channels: number, p: Parameters): void {
  if (Math.max(...p.strides) > 1 && Math.max(...p.dilationRate) > 1) throw stridesAndDilation(p);
  if (channels % p.groups !== 0) throw groupsDoNotDivide(`the input’s ${channels} channels`, p);
  if (p.filters % p.groups !== 0) throw groupsDoNotDivide(`its ${p.filters} filters`, p);
}

const stridesAndDilation = (p: Parameters) =>
  new LayerError({
    code: 'strides-and-dilation',
    parameter: 'dilationRate',
    what: `Stride ${pairWords(p.strides)} and dilation ${pairWords(p.dilationRate)} cannot be used together.`,
    why: 'Keras allows only one of the two above 1: together they would skip over positions without looking at them.',
    repairs: [
      { label: 'Set dilation to 1', parameters: { dilationRate: [1, 1] } },
      { label: 'Set stride to 1', parameters: { strides: [1, 1] } },
    ],
  });

const groupsDoNotDivide = (what: string, p: Parameters) =>
  new LayerError({
    code: 'groups',
    parameter: 'groups',
    what: `${p.groups} groups cannot share ${what} evenly.`,
    why: 'Every group takes an equal part of the input channels and gives an equal part of the filters.',
    repairs: [{ label: 'Set groups to 1', parameters: { groups: 1 } }],
  });
