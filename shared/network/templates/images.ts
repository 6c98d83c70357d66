// Networks for images that made history, each as small as it can be and still show its idea. They train on the samples in the package.

import { adam, chain, graph, type Placed, type Step, step, type Template } from './template.ts';

const conv = (filters: number, kernelSize: number, more: Readonly<Record<string, unknown>> = {}) => ({
  filters,
  kernelSize: [kernelSize, kernelSize],
  padding: 'same',
  activation: 'relu',
  ...more,
});
const classes: Step = ['dense', 'classes', { units: 10, activation: 'softmax' }];

export const lenet5: Template = {
  id: 'lenet-5',
  title: 'LeNet-5',
  about: 'Two convolutions with average pooling, then dense layers: the network that read bank cheques in 1998.',
  group: 'Images',
  dataset: 'mnist-sample',
  create: () => [
    chain('lenet', 'LeNet-5', [
      ['input', 'image'],
      ['conv2d', 'c1', { filters: 6, kernelSize: [5, 5], padding: 'same', activation: 'tanh' }],
      ['averagePooling2d', 's2'],
      ['conv2d', 'c3', { filters: 16, kernelSize: [5, 5], activation: 'tanh' }],
      ['averagePooling2d', 's4'],
      ['flatten', 'flatten'],
      ['dense', 'c5', { units: 120, activation: 'tanh' }],
      ['dense', 'f6', { units: 84, activation: 'tanh' }],
      classes,
    ]),
  ],
  training: { ...adam(), epochs: 8, batchSize: 64 },
};

/** Two convolutions and a pooling layer, as VGG stacks them. */
const vggBlock = (number: number, filters: number): readonly Step[] => [
  ['conv2d', `conv${number}_1`, conv(filters, 3)],
  ['conv2d', `conv${number}_2`, conv(filters, 3)],
  ['maxPooling2d', `pool${number}`],
];
export const vgg: Template = {
  id: 'vgg',
  title: 'VGG-like',
  about: 'Small 3 × 3 filters, one after the other, and more of them at every level: depth instead of large filters.',
  group: 'Images',
  dataset: 'fashion-mnist-mini',
  create: () => [
    chain('vgg', 'VGG-like', [
      ['input', 'image'],
      ...vggBlock(1, 16),
      ...vggBlock(2, 32),
      ['flatten', 'flatten'],
      ['dense', 'fc', { units: 128, activation: 'relu' }],
      ['dropout', 'dropout', { rate: 0.5 }],
      classes,
    ]),
  ],
  training: { ...adam(), epochs: 12, batchSize: 32 },
};

/** A residual block: two convolutions beside a way that skips them. Where the size changes, a 1 × 1 convolution fits the skipping way to it. */
function residualBlock(name: string, from: string, filters: number, stride: 1 | 2): readonly Placed[] {
  const plain = { filters, padding: 'same', useBias: false, kernelInitializer: 'heNormal' };
  const first = { ...plain, kernelSize: [3, 3], strides: [stride, stride] };
  const shortcut = stride === 1 ? [] : [step('conv2d', `${name}_shortcut`, { ...plain, kernelSize: [1, 1], strides: [stride, stride] }, [from])];
  return [
    ...shortcut,
    step('conv2d', `${name}_conv1`, first, [from]),
    step('batchNormalization', `${name}_norm1`),
    step('relu', `${name}_relu1`),
    step('conv2d', `${name}_conv2`, { ...plain, kernelSize: [3, 3] }),
    step('batchNormalization', `${name}_norm2`),
    step('add', `${name}_add`, {}, [`${name}_norm2`, stride === 1 ? from : `${name}_shortcut`]),
    step('relu', `${name}_out`),
  ];
}
export const resnet: Template = {
  id: 'resnet',
  title: 'ResNet',
  about: 'Every block adds to what it gets instead of replacing it, so that gradients find a short way through many layers.',
  group: 'Images',
  dataset: 'mnist-sample',
  create: () => [
    graph('resnet', 'ResNet', [
      step('input', 'image', { shape: [28, 28, 1] }),
      step('conv2d', 'stem', { filters: 16, kernelSize: [3, 3], padding: 'same', useBias: false, kernelInitializer: 'heNormal' }),
      step('batchNormalization', 'stem_norm'),
      step('relu', 'stem_out'),
      ...residualBlock('block1', 'stem_out', 16, 1),
      ...residualBlock('block2', 'block1_out', 32, 2),
      ...residualBlock('block3', 'block2_out', 64, 2),
      step('globalAveragePooling2d', 'pool'),
      step('dense', 'classes', { units: 10, activation: 'softmax' }),
    ]),
  ],
  training: { ...adam(), epochs: 3, batchSize: 64 },
};

/** An Inception module: four ways of looking at the same place, side by side. */
const inceptionModule = (name: string, from: string, filters: number): readonly Placed[] => [
  step('conv2d', `${name}_1x1`, conv(filters, 1), [from]),
  step('conv2d', `${name}_3x3_reduce`, conv(filters / 2, 1), [from]),
  step('conv2d', `${name}_3x3`, conv(filters, 3)),
  step('conv2d', `${name}_5x5_reduce`, conv(filters / 4, 1), [from]),
  step('conv2d', `${name}_5x5`, conv(filters / 2, 5)),
  step('maxPooling2d', `${name}_pool`, { poolSize: [3, 3], strides: [1, 1], padding: 'same' }, [from]),
  step('conv2d', `${name}_pool_proj`, conv(filters / 2, 1)),
  step('concatenate', `${name}_concat`, {}, [`${name}_1x1`, `${name}_3x3`, `${name}_5x5`, `${name}_pool_proj`]),
];
export const inception: Template = {
  id: 'inception',
  title: 'Inception',
  about: 'Filters of several sizes look at the same place at once, and the next layer chooses.',
  group: 'Images',
  dataset: 'mnist-sample',
  create: () => [
    graph('inception', 'Inception', [
      step('input', 'image', { shape: [28, 28, 1] }),
      step('conv2d', 'stem', conv(16, 3, { strides: [2, 2] })),
      ...inceptionModule('mixed1', 'stem', 16),
      step('maxPooling2d', 'reduce'),
      ...inceptionModule('mixed2', 'reduce', 32),
      step('globalAveragePooling2d', 'pool'),
      step('dropout', 'dropout', { rate: 0.3 }),
      step('dense', 'classes', { units: 10, activation: 'softmax' }),
    ]),
  ],
  training: { ...adam(0.002), epochs: 6, batchSize: 64 },
};

/** A depthwise separable convolution: each channel for itself, then all channels at each place. */
const separableBlock = (number: number, filters: number, stride: number): readonly Step[] => [
  ['depthwiseConv2d', `depthwise${number}`, { kernelSize: [3, 3], strides: [stride, stride], padding: 'same', useBias: false }],
  ['batchNormalization', `depthwise${number}_norm`],
  ['relu', `depthwise${number}_relu`, { maxValue: 6 }],
  ['conv2d', `pointwise${number}`, { filters, kernelSize: [1, 1], useBias: false }],
  ['batchNormalization', `pointwise${number}_norm`],
  ['relu', `pointwise${number}_relu`, { maxValue: 6 }],
];
export const mobilenet: Template = {
  id: 'mobilenet',
  title: 'MobileNet',
  about: 'Convolutions taken apart into one per channel and one across channels: a tenth of the work, made for telephones.',
  group: 'Images',
  dataset: 'mnist-sample',
  create: () => [
    chain('mobilenet', 'MobileNet', [
      ['input', 'image'],
      ['conv2d', 'stem', { filters: 16, kernelSize: [3, 3], strides: [2, 2], padding: 'same', useBias: false }],
      ['batchNormalization', 'stem_norm'],
      ['relu', 'stem_relu', { maxValue: 6 }],
      ...separableBlock(1, 32, 1),
      ...separableBlock(2, 64, 2),
      ...separableBlock(3, 64, 1),
      ['globalAveragePooling2d', 'pool'],
      classes,
    ]),
  ],
  training: { ...adam(0.002), epochs: 6, batchSize: 64 },
};

export const unet: Template = {
  id: 'unet',
  title: 'U-Net',
  about: 'Goes down to see the whole, comes up to see where, and hands the details across: a class for every pixel.',
  group: 'Images',
  dataset: 'shapes',
  create: () => [
    graph('unet', 'U-Net', [
      step('input', 'image', { shape: [16, 16, 1] }),
      step('conv2d', 'down1', conv(16, 3)),
      step('maxPooling2d', 'pool1'),
      step('conv2d', 'down2', conv(32, 3)),
      step('maxPooling2d', 'pool2'),
      step('conv2d', 'bottom', conv(64, 3)),
      step('conv2dTranspose', 'rise2', { filters: 32, kernelSize: [2, 2], strides: [2, 2] }),
      step('concatenate', 'join2', {}, ['rise2', 'down2']),
      step('conv2d', 'up2', conv(32, 3)),
      step('conv2dTranspose', 'rise1', { filters: 16, kernelSize: [2, 2], strides: [2, 2] }),
      step('concatenate', 'join1', {}, ['rise1', 'down1']),
      step('conv2d', 'up1', conv(16, 3)),
      step('conv2d', 'mask', { filters: 1, kernelSize: [1, 1], activation: 'sigmoid' }),
    ]),
  ],
  training: { ...adam(), epochs: 6, batchSize: 32 },
};

export const augmented: Template = {
  id: 'augmented-cnn',
  title: 'CNN with augmentation',
  about: 'Every picture is shifted, turned and zoomed a little in each epoch, so that few pictures go further.',
  group: 'Images',
  dataset: 'fashion-mnist-mini',
  create: () => [
    chain('augmented', 'CNN with augmentation', [
      ['input', 'image'],
      ['randomTranslation', 'shift', { fillMode: 'constant' }],
      ['randomRotation', 'turn', { lower: -0.03, upper: 0.03, fillMode: 'constant' }],
      ['randomZoom', 'zoom', { fillMode: 'constant' }],
      ['conv2d', 'conv_1', conv(16, 3)],
      ['maxPooling2d', 'pool_1'],
      ['conv2d', 'conv_2', conv(32, 3)],
      ['maxPooling2d', 'pool_2'],
      ['flatten', 'flatten'],
      ['dense', 'hidden', { units: 64, activation: 'relu' }],
      classes,
    ]),
  ],
  training: { ...adam(), epochs: 15, batchSize: 32 },
};
