// Ready blocks for images: ways around layers, views side by side, channels weighed, a level of a U-Net.

import { step } from '../templates/template.ts';
import type { ReadyBlock } from './ready.ts';

const image = { takes: 'images', usual: [32, 32, 16] } as const;
/** A convolution before a normalization, which has the constant itself. */
const plain = (filters: number, size: number, stride = 1) => ({
  filters,
  kernelSize: [size, size],
  strides: [stride, stride],
  padding: 'same',
  useBias: false,
  kernelInitializer: 'heNormal',
});
const active = (filters: number, size: number) => ({ filters, kernelSize: [size, size], padding: 'same', activation: 'relu' });

export const residual: ReadyBlock = {
  ...image,
  id: 'residual',
  title: 'Residual',
  about: 'Two convolutions that add to what came in instead of replacing it (ResNet). The shape stays: it can be repeated.',
  synonyms: ['resnet', 'skip connection', 'shortcut', 'basic block'],
  layers: (channels) => [
    step('input', 'in'),
    step('conv2d', 'conv_1', plain(channels, 3)),
    step('batchNormalization', 'norm_1'),
    step('relu', 'relu_1'),
    step('conv2d', 'conv_2', plain(channels, 3)),
    step('batchNormalization', 'norm_2'),
    step('add', 'add', {}, ['norm_2', 'in']),
    step('relu', 'out'),
  ],
};

export const residualHalving: ReadyBlock = {
  ...image,
  id: 'residual-halving',
  title: 'Residual, halving',
  about: 'A residual block between two stages of a ResNet: half the rows and columns, twice the channels. The way around it is a 1 × 1 convolution.',
  synonyms: ['resnet', 'downsampling', 'projection shortcut', 'stride'],
  layers: (channels) => [
    step('input', 'in'),
    step('conv2d', 'shortcut', plain(2 * channels, 1, 2), ['in']),
    step('conv2d', 'conv_1', plain(2 * channels, 3, 2), ['in']),
    step('batchNormalization', 'norm_1'),
    step('relu', 'relu_1'),
    step('conv2d', 'conv_2', plain(2 * channels, 3)),
    step('batchNormalization', 'norm_2'),
    step('add', 'add', {}, ['norm_2', 'shortcut']),
    step('relu', 'out'),
  ],
};

export const bottleneck: ReadyBlock = {
  ...image,
  id: 'bottleneck',
  title: 'Bottleneck',
  about: 'A residual block that works on a quarter of the channels: 1 × 1 narrows, 3 × 3 looks, 1 × 1 widens (ResNet-50). The shape stays.',
  synonyms: ['resnet', 'resnet-50', 'skip connection', 'narrow'],
  layers: (channels) => {
    const narrow = Math.max(1, Math.floor(channels / 4));
    return [
      step('input', 'in'),
      step('conv2d', 'narrow', plain(narrow, 1)),
      step('batchNormalization', 'norm_1'),
      step('relu', 'relu_1'),
      step('conv2d', 'look', plain(narrow, 3)),
      step('batchNormalization', 'norm_2'),
      step('relu', 'relu_2'),
      step('conv2d', 'widen', plain(channels, 1)),
      step('batchNormalization', 'norm_3'),
      step('add', 'add', {}, ['norm_3', 'in']),
      step('relu', 'out'),
    ];
  },
};

export const inception: ReadyBlock = {
  ...image,
  id: 'inception',
  title: 'Inception',
  about: 'Filters of 1, 3 and 5 pixels and a pooling look at the same place side by side; their channels are joined (GoogLeNet).',
  synonyms: ['googlenet', 'mixed', 'module', 'branches'],
  layers: (channels) => {
    const branch = Math.max(4, Math.ceil(channels / 4));
    return [
      step('input', 'in'),
      step('conv2d', 'one', active(branch, 1), ['in']),
      step('conv2d', 'three_reduce', active(Math.ceil(branch / 2), 1), ['in']),
      step('conv2d', 'three', active(branch, 3)),
      step('conv2d', 'five_reduce', active(Math.ceil(branch / 4), 1), ['in']),
      step('conv2d', 'five', active(branch, 5)),
      step('maxPooling2d', 'pool', { poolSize: [3, 3], strides: [1, 1], padding: 'same' }, ['in']),
      step('conv2d', 'pool_reduce', active(branch, 1)),
      step('concatenate', 'join', {}, ['one', 'three', 'five', 'pool_reduce']),
    ];
  },
};

export const squeezeExcite: ReadyBlock = {
  ...image,
  id: 'squeeze-excite',
  title: 'Squeeze-excite',
  about: 'Looks at the mean of every channel and decides how much each one counts. The shape stays; it costs little anywhere in a network of convolutions.',
  synonyms: ['se block', 'channel attention', 'senet', 'gate'],
  layers: (channels) => [
    step('input', 'in'),
    step('globalAveragePooling2d', 'squeeze', { keepdims: true }),
    step('dense', 'reduce', { units: Math.max(4, Math.floor(channels / 16)), activation: 'relu' }),
    step('dense', 'excite', { units: channels, activation: 'sigmoid' }),
    step('multiply', 'scale', {}, ['in', 'excite']),
  ],
};

export const uNetStep: ReadyBlock = {
  ...image,
  id: 'u-net-step',
  title: 'U-Net step',
  about: 'One level of a U-Net: down to half the rows and columns, up again, and joined with what was there before. The shape stays.',
  synonyms: ['unet', 'segmentation', 'encoder decoder', 'skip connection'],
  halves: true,
  layers: (channels) => [
    step('input', 'in'),
    step('conv2d', 'before', active(channels, 3)),
    step('maxPooling2d', 'down'),
    step('conv2d', 'below', active(2 * channels, 3)),
    step('conv2dTranspose', 'up', { filters: channels, kernelSize: [2, 2], strides: [2, 2] }),
    step('concatenate', 'join', {}, ['up', 'before']),
    step('conv2d', 'after', active(channels, 3)),
  ],
};
