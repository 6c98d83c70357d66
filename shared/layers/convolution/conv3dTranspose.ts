// Conv3DTranspose: a convolution run backwards, from a small volume to a larger one.

import { optionalTriple } from '../../lib/fields.ts';
import { activationField } from '../activations/index.ts';
import {
  biasFields,
  convolutionDetail,
  dilationVolumeField,
  filtersField,
  filterWords,
  kernelVolumeField,
  refuseStridesWithDilation,
  sizeWords,
  strideVolumeField,
  withBias,
} from './convolving.ts';
import { initializerField } from '../initializers/index.ts';
import { inputOfRank, layer } from '../layer.ts';
import { activated, kernelPenaltyFields, kernelPenaltyKeras, regularizedWeight } from '../regularizers/index.ts';
import { transposedAlong } from './transposing.ts';
import { spreadVolume, volumeWords } from '../volumes.ts';
import { paddingField } from '../windows.ts';

export const conv3dTranspose = layer({
  id: 'conv3dTranspose',
  title: 'Conv3DTranspose',
  family: 'convolution',
  help: {
    text: 'Puts a learned pattern into the output for every place of the input, as strongly as the input says; patterns that overlap add up. With stride 2 the volume doubles: the way up in a decoder of volumes.',
    formula: 'y[s·i + r] += x[i] · w[r], then activation(y + b)',
    source: 'https://keras.io/api/layers/convolution_layers/convolution3d_transpose/',
  },
  synonyms: ['deconvolution', 'upsample', 'decoder', 'generator', 'volume', 'video', 'unet'],
  fields: {
    filters: filtersField(),
    kernelSize: kernelVolumeField(),
    strides: { ...strideVolumeField(), help: 'How far apart the input’s places are put in the output. 2 doubles depth, rows and columns.' },
    padding: {
      ...paddingField(),
      help: 'What happens at the border: “same” gives an output of exactly stride times the input, “valid” keeps all that the kernel reaches.',
    },
    activation: activationField({ default: 'linear' }),
    outputPadding: optionalTriple({
      label: 'Output padding',
      help: 'Places added at the end, where several sizes are possible. Automatic: as the padding says.',
      min: 0,
      max: 1000,
      level: 'advanced',
      default: null,
    }),
    dilationRate: dilationVolumeField(),
    useBias: biasFields.useBias,
    kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
    biasInitializer: biasFields.biasInitializer,
    ...kernelPenaltyFields,
  },
  inputs: 1,
  naturalRank: 4,
  describe: (p) => [filterWords(p.filters), sizeWords(p.kernelSize), convolutionDetail(p)].join(' · '),
  lower(context, inputs, p) {
    const { builder } = context;
    const input = inputOfRank(inputs, 4, volumeWords, 'It puts a pattern at every place, so it must know which they are.');
    refuseStridesWithDilation(p.strides, p.dilationRate);
    const along = (axis: 0 | 1 | 2) =>
      transposedAlong({
        input: input.shape[axis + 1] as number,
        kernel: p.kernelSize[axis],
        dilation: p.dilationRate[axis],
        stride: p.strides[axis],
        padding: p.padding,
        extra: p.outputPadding?.[axis] ?? null,
        words: ['depth', 'rows', 'columns'][axis] as string,
      });
    const [depth, rows, columns] = [along(0), along(1), along(2)];
    const channels = input.shape[4] as number;
    const kernel = regularizedWeight(context, 'kernel', [...p.kernelSize, p.filters, channels], { ...p, initializer: p.kernelInitializer });
    const answer = spreadVolume(builder, input, kernel, {
      strides: p.strides,
      dilations: p.dilationRate,
      padding: [depth.padding, rows.padding, columns.padding],
      sizes: [depth.size, rows.size, columns.size],
    });
    return activated(context, p, withBias(context, answer, p));
  },
  keras: { className: 'Conv3DTranspose', extra: { data_format: 'channels_last' }, ...kernelPenaltyKeras('kernel', 5) },
});
