// Conv2DTranspose: a convolution run backwards, from a small image to a larger one.

import { optionalPair } from '../../lib/fields.ts';
import { activationField } from '../activations/index.ts';
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
import { initializerField } from '../initializers/index.ts';
import { inputOfRank, layer } from '../layer.ts';
import { activated, kernelPenaltyFields, kernelPenaltyKeras, regularizedWeight } from '../regularizers/index.ts';
import { transposedAlong } from './transposing.ts';
import { imageWords, paddingField, pairWords } from '../windows.ts';

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
    const along = (axis: 0 | 1) =>
      transposedAlong({
        input: input.shape[axis + 1] as number,
        kernel: p.kernelSize[axis],
        dilation: p.dilationRate[axis],
        stride: p.strides[axis],
        padding: p.padding,
        extra: p.outputPadding?.[axis] ?? null,
        words: axis === 0 ? 'rows' : 'columns',
      });
    const rows = along(0),
      columns = along(1);
    const kernel = regularizedWeight(context, 'kernel', [...p.kernelSize, p.filters, channels], { ...p, initializer: p.kernelInitializer });
    const geometry = {
      strides: p.strides,
      dilations: p.dilationRate,
      padding: [...rows.padding, ...columns.padding],
      inputShape: [batch, rows.size, columns.size, p.filters],
    };
    return activated(context, p, withBias(context, builder.conv2dInputGradient(kernel, input, geometry), p));
  },
  keras: { className: 'Conv2DTranspose', extra: { data_format: 'channels_last' }, ...kernelPenaltyKeras('kernel', 4) },
});
