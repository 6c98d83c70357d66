// Conv3D: small filters slide over a volume.

import { activationField } from '../activations/index.ts';
import {
  biasFields,
  convolutionDetail,
  dilationVolumeField,
  filtersField,
  filterWords,
  groupsField,
  kernelVolumeField,
  refuseStridesWithDilation,
  refuseUnevenGroups,
  sizeWords,
  strideVolumeField,
  withBias,
} from './convolving.ts';
import { initializerField } from '../initializers/index.ts';
import { inputOfRank, layer } from '../layer.ts';
import { activated, kernelPenaltyFields, kernelPenaltyKeras, regularizedWeight } from '../regularizers/index.ts';
import { convolveVolume, volumePadding, volumeWhy, volumeWords } from '../volumes.ts';
import { paddingField } from '../windows.ts';

export const conv3d = layer({
  id: 'conv3d',
  title: 'Conv3D',
  family: 'convolution',
  sight: 'window',
  help: {
    text: 'Slides small filters over a volume: a scan in slices, or the pictures of a video one after the other. A filter answers strongly where its pattern appears, in space and depth.',
    formula: 'y_f = activation(Σ w_f · block + b_f)',
    source: 'https://keras.io/api/layers/convolution_layers/convolution3d/',
  },
  synonyms: ['convolution', 'volume', 'video', 'scan', 'medical', 'voxel', 'filter'],
  fields: {
    filters: filtersField(),
    kernelSize: kernelVolumeField(),
    strides: strideVolumeField(),
    padding: paddingField(),
    activation: activationField({ default: 'linear' }),
    dilationRate: dilationVolumeField(),
    groups: groupsField(),
    useBias: biasFields.useBias,
    kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
    biasInitializer: biasFields.biasInitializer,
    ...kernelPenaltyFields,
  },
  inputs: 1,
  naturalRank: 4,
  describe: (p) => [filterWords(p.filters), sizeWords(p.kernelSize), convolutionDetail(p)].join(' · '),
  lower(context, inputs, p) {
    const input = inputOfRank(inputs, 4, volumeWords, volumeWhy);
    const channels = input.shape[4] as number;
    refuseStridesWithDilation(p.strides, p.dilationRate);
    refuseUnevenGroups(channels, p);
    const window = { size: p.kernelSize, strides: p.strides, dilations: p.dilationRate, padding: p.padding, parameter: 'kernelSize', words: 'kernel size' };
    const padding = volumePadding(input.shape, window);
    const kernel = regularizedWeight(context, 'kernel', [...p.kernelSize, channels / p.groups, p.filters], { ...p, initializer: p.kernelInitializer });
    const answer = convolveVolume(context.builder, input, kernel, { strides: p.strides, dilations: p.dilationRate, padding, groups: p.groups });
    return activated(context, p, withBias(context, answer, p));
  },
  keras: { className: 'Conv3D', extra: { data_format: 'channels_last' }, ...kernelPenaltyKeras('kernel', 5) },
});
