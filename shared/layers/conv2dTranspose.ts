// Conv2DTranspose: a convolution run backwards, from a small image to a larger one.

import { optionalPair, type Values } from '../lib/fields.ts';
import type { Shape } from '../tensor/types.ts';
import { activate, activationField } from './activations/index.ts';
import {
  biasFields,
  convolutionDetail,
  dilationField,
  filtersField,
  filterWords,
  kernelSizeField,
  refuseStridesWithDilation,
  stridesField,
  withBias,
} from './convolving.ts';
import { initializerField } from './initializers/index.ts';
import { inputOfRank, LayerError, layer } from './layer.ts';
import { kernelPenaltyFields, kernelPenaltyKeras, regularizedWeight } from './regularizers/index.ts';
import { imageWords, type Pair, paddingField, pairWords, reach, samePadding } from './windows.ts';

const fields = {
  filters: filtersField(),
  kernelSize: kernelSizeField(),
  strides: { ...stridesField(), help: 'How far apart the input’s places are put in the output. 2 doubles rows and columns.' },
  padding: {
    ...paddingField(),
    help: 'What happens at the border: “same” gives an output of exactly stride times the input, “valid” keeps all that the kernel reaches.',
  },
  activation: activationField({ default: 'linear' }),
  outputPadding: optionalPair({
    label: 'Output padding',
    help: 'Rows and columns added at the end, where several sizes are possible. Automatic: as the padding says.',
    min: 0,
    max: 1000,
    level: 'advanced',
    default: null,
  }),
  dilationRate: dilationField(),
  useBias: biasFields.useBias,
  kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
  biasInitializer: biasFields.biasInitializer,
  ...kernelPenaltyFields,
};
type Parameters = Values<typeof fields>;

export const conv2dTranspose = layer({
  id: 'conv2dTranspose',
  title: 'Conv2DTranspose',
  family: 'convolution',
  help: {
    text: 'Puts a learned pattern into the output for every place of the input, as strongly as the input says; patterns that overlap add up. With stride 2 the image doubles: the way up in autoencoders, U-Nets and image generators.',
    formula: 'y[s·i + r] += x[i] · w[r], then activation(y + b)',
    source: 'https://keras.io/api/layers/convolution_layers/convolution2d_transpose/',
  },
  synonyms: ['deconvolution', 'upsample', 'decoder', 'generator', 'unet', 'image'],
  fields,
  inputs: 1,
  naturalRank: 3,
  describe: (p) => [filterWords(p.filters), pairWords(p.kernelSize), convolutionDetail(p)].join(' · '),
  lower(context, inputs, p) {
    const { builder } = context;
    const input = inputOfRank(inputs, 3, imageWords, 'It puts a pattern at every row and column, so it must know which they are.');
    refuseStridesWithDilation(p.strides, p.dilationRate);
    const [batch, , , channels] = input.shape as [number, number, number, number];
    const rows = along(input.shape, p, 0),
      columns = along(input.shape, p, 1);
    const kernel = regularizedWeight(context, 'kernel', [...p.kernelSize, p.filters, channels], { ...p, initializer: p.kernelInitializer });
    const geometry = {
      strides: p.strides,
      dilations: p.dilationRate,
      padding: [...rows.padding, ...columns.padding],
      inputShape: [batch, rows.size, columns.size, p.filters],
    };
    return activate(builder, p.activation, withBias(context, builder.conv2dInputGradient(kernel, input, geometry), p));
  },
  keras: { className: 'Conv2DTranspose', extra: { data_format: 'channels_last' }, ...kernelPenaltyKeras('kernel', 4) },
});

/** Size and padding of the output along rows (0) or columns (1): of the convolution that would lead back to the input. @throws LayerError where there is none */
function along(shape: Shape, p: Parameters, axis: 0 | 1): { readonly size: number; readonly padding: Pair } {
  const input = shape[axis + 1] as number,
    stride = p.strides[axis],
    extra = p.outputPadding?.[axis] ?? null;
  const window = reach(p.kernelSize[axis], p.dilationRate[axis]);
  const size = outputSize(input, window, stride, p.padding, extra);
  const padding = p.padding === 'same' ? samePadding(size, window, stride) : ([0, 0] as const);
  const back = p.padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - window) / stride) + 1;
  if (back !== input) throw impossible(axis, input, extra, p);
  return { size, padding };
}

/** Keras' rule. */
function outputSize(input: number, window: number, stride: number, padding: string, extra: number | null): number {
  if (padding === 'same') return extra === null ? input * stride : (input - 1) * stride + (window % 2) + extra;
  return (input - 1) * stride + window + (extra ?? Math.max(stride - window, 0));
}

const impossible = (axis: 0 | 1, input: number, extra: number | null, p: Parameters) =>
  new LayerError({
    code: 'output-padding',
    parameter: 'outputPadding',
    what: `An output padding of ${extra} gives no size along the ${axis === 0 ? 'rows' : 'columns'} that a convolution with stride ${p.strides[axis]} would bring back to ${input}.`,
    why: 'The output padding chooses among the few sizes that lead to the same input; it must stay below the stride.',
    repairs: [{ label: 'Set output padding to automatic', parameters: { outputPadding: null } }],
  });
