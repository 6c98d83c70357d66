// The list of templates, in the order of the gallery.

import { NetwrightError } from '../../lib/errors.ts';
import { augmented, inception, lenet5, mobilenet, resnet, unet, vgg } from './images.ts';
import { digits, mnistCnn, mnistLstm, mnistMlp } from './mnist.ts';
import { characterGenerator, gruClassifier, lstmClassifier, sequenceToSequence, textClassifier, transformerEncoder } from './sequences.ts';
import { linearRegression, logisticRegression, perceptron, perceptronXor, sine, spirals, xor } from './small.ts';
import type { Template } from './template.ts';
import { autoencoder, boltzmannMachine, deepBeliefNetwork, denoisingAutoencoder, variationalAutoencoder } from './unsupervised.ts';

export const templates: readonly Template[] = [
  digits,
  mnistMlp,
  mnistCnn,
  mnistLstm,
  perceptron,
  perceptronXor,
  linearRegression,
  logisticRegression,
  xor,
  spirals,
  lenet5,
  vgg,
  resnet,
  inception,
  mobilenet,
  unet,
  augmented,
  sine,
  lstmClassifier,
  gruClassifier,
  sequenceToSequence,
  textClassifier,
  characterGenerator,
  transformerEncoder,
  autoencoder,
  denoisingAutoencoder,
  variationalAutoencoder,
  boltzmannMachine,
  deepBeliefNetwork,
];
export type { Template } from './template.ts';

/** @throws NetwrightError naming the templates there are */
export function templateOf(id: string): Template {
  const template = templates.find((one) => one.id === id);
  if (template) return template;
  throw new NetwrightError({
    kind: 'usage',
    code: 'unknown-template',
    where: id,
    message: `There is no template “${id}”. There are: ${templates.map((one) => one.id).join(', ')}.`,
  });
}
