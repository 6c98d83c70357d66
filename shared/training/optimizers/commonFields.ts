// What every optimizer of Keras has beside its own parameters: decay, clipping, averaging, accumulation. How they work: updates.ts.

import { boolean, number, optionalInteger, optionalNumber } from '../../lib/fields.ts';

const clip = (label: string, help: string, keras: string) =>
  optionalNumber({ label, help, keras, min: 0, exclusiveMin: true, level: 'advanced', default: null });

export const commonFields = {
  weightDecay: optionalNumber({
    label: 'Weight decay',
    help: 'How much of every weight is taken away at each step, times the learning rate.',
    min: 0,
    max: 1,
    scale: 'log',
    level: 'advanced',
    default: null,
  }),
  clipnorm: clip('Clip norm', 'Shortens the gradient of each weight tensor that is longer than this.', 'clipnorm'),
  globalClipnorm: clip('Clip global norm', 'Shortens all gradients together where they are longer than this: usual for recurrent networks.', 'global_clipnorm'),
  clipvalue: clip('Clip value', 'Cuts every single number of a gradient to this size.', 'clipvalue'),
  useEma: boolean({
    label: 'Average the weights',
    help: 'Keeps a running average of all weights, which takes their place when training ends: calmer results.',
    level: 'advanced',
    default: false,
  }),
  emaMomentum: number({
    label: 'Momentum of the average',
    help: 'How much of the average stays at each step.',
    min: 0,
    max: 1,
    level: 'advanced',
    default: 0.99,
  }),
  emaOverwriteFrequency: optionalInteger({
    label: 'Average takes over every',
    help: 'After so many steps the average takes the weights’ place during training too; none: only at the end.',
    unit: 'steps',
    min: 1,
    level: 'advanced',
    default: null,
  }),
  gradientAccumulationSteps: optionalInteger({
    label: 'Accumulate gradients over',
    help: 'Adds up the gradients of so many batches before each update: as if the batch were so many times larger, in the memory of one.',
    unit: 'batches',
    min: 2,
    level: 'advanced',
    default: null,
  }),
};
