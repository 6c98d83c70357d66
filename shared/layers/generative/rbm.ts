// RBM: a restricted Boltzmann machine. Trained by contrastive divergence (Hinton, 2002) before the network trains; then it is a layer of
// sigmoid units, and several of them on each other are a deep belief network (Hinton, Osindero and Teh, 2006).

import { integer, number } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { initializerField } from '../initializers/index.ts';
import { inputOfRank, type LayerContext, layer, type PreparationContext } from '../layer.ts';

export const rbm = layer({
  id: 'rbm',
  title: 'RBM',
  family: 'core',
  group: 'further',
  help: {
    text: 'Units that learn without labels to describe what comes in: values between 0 and 1, such as pixels. Before the network trains, contrastive divergence raises the probability of the data against that of what the machine itself imagines. Then the layer gives the probability of each hidden unit, and is trained on like any other. Several on each other, each prepared on what the one before gives, are a deep belief network.',
    formula: 'h = σ(x · W + c);  before: W ← W + η · (vᵀh of the data − vᵀh after k steps of Gibbs sampling) / batch size',
    source: 'https://www.cs.toronto.edu/~hinton/absps/guideTR.pdf',
  },
  synonyms: ['restricted boltzmann machine', 'deep belief network', 'dbn', 'contrastive divergence', 'unsupervised', 'pre-training', 'generative'],
  fields: {
    units: integer({ label: 'Units', help: 'How many hidden units describe the input.', min: 1, max: 100_000, sliderMax: 1024, default: 64 }),
    pretrainEpochs: integer({
      label: 'Epochs before',
      help: 'How often contrastive divergence sees the data before the network trains. 0: not at all.',
      min: 0,
      max: 10_000,
      sliderMax: 50,
      default: 10,
    }),
    pretrainRate: number({
      label: 'Rate before',
      help: 'The learning rate of contrastive divergence.',
      min: 0,
      exclusiveMin: true,
      max: 10,
      scale: 'log',
      default: 0.1,
    }),
    gibbsSteps: integer({
      label: 'Gibbs steps',
      help: 'How many times the machine goes from hidden to visible and back (the k of CD-k). 1 is usual; more follow the gradient better and take longer.',
      min: 1,
      max: 100,
      sliderMax: 10,
      default: 1,
    }),
    kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
    hiddenBiasInitializer: initializerField({ label: 'Hidden bias initializer', default: 'zeros', vector: true }),
    visibleBiasInitializer: initializerField({ label: 'Visible bias initializer', default: 'zeros', vector: true }),
  },
  inputs: 1,
  naturalRank: 1,
  describe: (p) => `${p.units} units · ${p.pretrainEpochs === 0 ? 'not prepared' : `CD-${p.gibbsSteps}, ${p.pretrainEpochs} epochs`}`,
  lower: (context, inputs, p) => hiddenOf(context, machine(context, visibleOf(inputs), p), visibleOf(inputs)),
  preparation: {
    plan: (p) => (p.pretrainEpochs === 0 ? null : { title: 'Contrastive divergence', epochs: p.pretrainEpochs, learningRate: p.pretrainRate, shuffle: true }),
    lower(context, inputs, p) {
      const visible = visibleOf(inputs);
      return contrastiveDivergence(context, machine(context, visible, p), visible, p.gibbsSteps);
    },
  },
  keras: null,
});

interface Machine {
  readonly kernel: Tensor;
  readonly hiddenBias: Tensor;
  readonly visibleBias: Tensor;
}
type Starts = Readonly<Record<'kernelInitializer' | 'hiddenBiasInitializer' | 'visibleBiasInitializer', Parameters<LayerContext['weight']>[2]['initializer']>>;

const visibleOf = (inputs: readonly Tensor[]): Tensor =>
  inputOfRank(inputs, 1, 'a row of values', 'Every hidden unit is connected to every visible one. A Flatten layer before it makes a row of an image.');

function machine(context: LayerContext, visible: Tensor, p: Starts & { readonly units: number }): Machine {
  const width = visible.shape[1] as number;
  return {
    kernel: context.weight('kernel', [width, p.units], { initializer: p.kernelInitializer }),
    hiddenBias: context.weight('hidden_bias', [p.units], { initializer: p.hiddenBiasInitializer }),
    // Only the preparation uses it: nothing behind the layer depends on it.
    visibleBias: context.weight('visible_bias', [width], { initializer: p.visibleBiasInitializer, trainable: false }),
  };
}

/** The probability of each hidden unit. */
function hiddenOf({ builder }: LayerContext, { kernel, hiddenBias }: Machine, visible: Tensor): Tensor {
  return builder.sigmoid(builder.add(builder.matMul(visible, kernel), hiddenBias));
}

/** The probability of each visible unit. */
function seen({ builder }: LayerContext, { kernel, visibleBias }: Machine, hidden: Tensor): Tensor {
  return builder.sigmoid(builder.add(builder.matMul(hidden, kernel, { transposeB: true }), visibleBias));
}

/** 1 with that probability, else 0. */
function tossed(context: LayerContext, probability: Tensor): Tensor {
  const { builder } = context;
  return builder.cast(builder.less(context.random('uniform', probability.shape), probability), { dtype: 'float32' });
}

/** One step of CD-k: both kinds of units are tossed on the way, the last hidden ones are probabilities. */
function contrastiveDivergence(context: PreparationContext, own: Machine, visible: Tensor, steps: number): Readonly<Record<string, Tensor>> {
  const { builder } = context;
  const hidden = hiddenOf(context, own, visible);
  const imagined = gibbs(context, own, hidden, steps);
  const rate = builder.multiply(context.learningRate, builder.constant(1 / (visible.shape[0] as number)));
  const raise = (weight: Tensor, difference: Tensor) => context.update(weight, builder.add(weight, builder.multiply(rate, difference)));
  const together = (v: Tensor, h: Tensor) => builder.matMul(v, h, { transposeA: true });
  raise(own.kernel, builder.subtract(together(visible, hidden), together(imagined.visible, imagined.hidden)));
  raise(own.hiddenBias, builder.reduceSum(builder.subtract(hidden, imagined.hidden), { axes: [0] }));
  raise(own.visibleBias, builder.reduceSum(builder.subtract(visible, imagined.visible), { axes: [0] }));
  return { reconstruction_error: builder.reduceMean(builder.square(builder.subtract(visible, imagined.reconstruction)), { axes: [0, 1] }) };
}

interface Imagined {
  readonly visible: Tensor;
  readonly hidden: Tensor;
  /** The probabilities of the first visible units imagined. */
  readonly reconstruction: Tensor;
}
function gibbs(context: LayerContext, own: Machine, hidden: Tensor, steps: number): Imagined {
  const reconstruction = seen(context, own, tossed(context, hidden));
  let visible = tossed(context, reconstruction);
  let after = hiddenOf(context, own, visible);
  for (let step = 1; step < steps; step++) {
    visible = tossed(context, seen(context, own, tossed(context, after)));
    after = hiddenOf(context, own, visible);
  }
  return { visible, hidden: after, reconstruction };
}
