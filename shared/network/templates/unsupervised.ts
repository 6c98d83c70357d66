// Networks that learn from data without labels: what comes in is what is asked for, or what makes it probable.

import { adam, chain, graph, type Placed, step, type Template } from './template.ts';

const PIXELS = 28 * 28;
/** The result is compared with what came in. */
const compared = (layer: Placed): Placed => ({ ...layer, output: { target: 'input' } });
const image = step('input', 'image', { shape: [28, 28, 1] });

export const autoencoder: Template = {
  id: 'autoencoder',
  title: 'Autoencoder',
  about: 'Squeezes a picture into 32 numbers and draws it again from them.',
  group: 'Unsupervised',
  dataset: 'mnist-sample',
  create: () => [
    graph('autoencoder', 'Autoencoder', [
      image,
      step('flatten', 'flatten'),
      step('dense', 'encoder', { units: 128, activation: 'relu' }),
      step('dense', 'code', { units: 32, activation: 'relu' }),
      step('dense', 'decoder', { units: 128, activation: 'relu' }),
      compared(step('dense', 'picture', { units: PIXELS, activation: 'sigmoid' })),
    ]),
  ],
  training: { ...adam(), epochs: 12, batchSize: 64 },
};

export const denoisingAutoencoder: Template = {
  id: 'denoising-autoencoder',
  title: 'Denoising autoencoder',
  about: 'Gets pictures with noise and must draw them without: it learns what digits look like.',
  group: 'Unsupervised',
  dataset: 'mnist-sample',
  create: () => [
    graph('denoising', 'Denoising autoencoder', [
      image,
      step('gaussianNoise', 'noise', { stddev: 0.4 }),
      step('conv2d', 'encoder_1', { filters: 16, kernelSize: [3, 3], strides: [2, 2], padding: 'same', activation: 'relu' }),
      step('conv2d', 'encoder_2', { filters: 8, kernelSize: [3, 3], strides: [2, 2], padding: 'same', activation: 'relu' }),
      step('conv2dTranspose', 'decoder_1', { filters: 16, kernelSize: [3, 3], strides: [2, 2], padding: 'same', activation: 'relu' }),
      step('conv2dTranspose', 'decoder_2', { filters: 16, kernelSize: [3, 3], strides: [2, 2], padding: 'same', activation: 'relu' }),
      compared(step('conv2d', 'picture', { filters: 1, kernelSize: [3, 3], padding: 'same', activation: 'sigmoid' })),
    ]),
  ],
  training: { ...adam(0.002), epochs: 6, batchSize: 64 },
};

export const variationalAutoencoder: Template = {
  id: 'vae',
  title: 'Variational autoencoder',
  about: 'Puts every picture at a place with some blur around it, so that places between two pictures mean something too.',
  group: 'Unsupervised',
  dataset: 'mnist-sample',
  create: () => [
    graph('vae', 'Variational autoencoder', [
      image,
      step('flatten', 'flatten'),
      step('dense', 'encoder', { units: 256, activation: 'relu' }),
      step('dense', 'z_mean', { units: 8 }, ['encoder']),
      step('dense', 'z_log_var', { units: 8 }, ['encoder']),
      // The loss is a mean over pixels: the divergence, a sum, is divided by their number.
      step('sampling', 'sampling', { klWeight: 0.001 }, ['z_mean', 'z_log_var']),
      step('dense', 'decoder', { units: 256, activation: 'relu' }),
      compared(step('dense', 'picture', { units: PIXELS, activation: 'sigmoid' })),
    ]),
  ],
  training: { ...adam(), loss: 'binaryCrossentropy', epochs: 15, batchSize: 64 },
};

export const boltzmannMachine: Template = {
  id: 'rbm',
  title: 'Restricted Boltzmann machine',
  about: 'Learns without labels which pixels belong together; then one layer reads digits from that.',
  group: 'Unsupervised',
  dataset: 'mnist-sample',
  create: () => [
    chain('rbm', 'RBM', [
      ['input', 'image', { shape: [28, 28, 1] }],
      ['flatten', 'flatten'],
      ['rbm', 'rbm', { units: 128, pretrainEpochs: 10, pretrainRate: 0.1 }],
      ['dense', 'digits', { units: 10, activation: 'softmax' }],
    ]),
  ],
  training: { ...adam(), epochs: 8, batchSize: 32 },
};

export const deepBeliefNetwork: Template = {
  id: 'dbn',
  title: 'Deep belief network',
  about: 'Boltzmann machines on each other, prepared one after another without labels, then trained together: how deep learning began in 2006.',
  group: 'Unsupervised',
  dataset: 'mnist-sample',
  create: () => [
    chain('dbn', 'Deep belief network', [
      ['input', 'image', { shape: [28, 28, 1] }],
      ['flatten', 'flatten'],
      ['rbm', 'rbm_1', { units: 200, pretrainEpochs: 8, pretrainRate: 0.1 }],
      ['rbm', 'rbm_2', { units: 100, pretrainEpochs: 8, pretrainRate: 0.1 }],
      ['dense', 'digits', { units: 10, activation: 'softmax' }],
    ]),
  ],
  training: { ...adam(), epochs: 8, batchSize: 32 },
};
