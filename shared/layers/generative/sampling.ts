// Sampling: a random point from the normal distribution that an encoder gives. Kingma and Welling, 2013 (the variational autoencoder).

import { number } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import { sameShape, type Tensor } from '../../tensor/types.ts';
import { type LayerContext, LayerError, layer, sampleShape } from '../layer.ts';

export const sampling = layer({
  id: 'sampling',
  title: 'Sampling',
  family: 'core',
  group: 'further',
  help: {
    text: 'The middle of a variational autoencoder. The encoder gives a mean and the logarithm of a variance for every latent feature; while training, this layer hands on a random point from that normal distribution, so that neighbouring points come to mean similar things. When predicting it hands on the mean. It adds to the loss how far the distribution is from a standard normal one (the Kullback–Leibler divergence).',
    formula:
      'z = mean + exp(log variance / 2) · ε, ε ~ N(0, 1);  loss ← loss + weight · ½ · mean over samples of Σ (mean² + exp(log variance) − 1 − log variance)',
    source: 'https://keras.io/examples/generative/vae/',
  },
  synonyms: ['vae', 'variational autoencoder', 'reparameterization', 'latent', 'generative', 'kl divergence'],
  fields: {
    klWeight: number({
      label: 'Divergence weight',
      help: 'How much the divergence counts beside the reconstruction. Where the loss is a mean over pixels, 1 divided by their number balances both as in the original paper.',
      min: 0,
      max: 1000,
      sliderMax: 1,
      default: 1,
    }),
  },
  inputs: [
    { name: 'z_mean', label: 'mean' },
    { name: 'z_log_var', label: 'log variance' },
  ],
  describe: ({ klWeight }) => `divergence × ${klWeight}`,
  lower(context, [mean, logVariance], { klWeight }) {
    if (!mean || !logVariance) throw new LayerError({ code: 'no-input', what: 'It needs two connections: the mean and the logarithm of the variance.' });
    refuseUnequal(mean, logVariance);
    const { builder } = context;
    if (klWeight > 0) context.addLoss(builder.multiply(divergence(builder, mean, logVariance), builder.constant(klWeight)));
    return context.training ? sampled(context, mean, logVariance) : mean;
  },
  keras: null,
});

function refuseUnequal(mean: Tensor, logVariance: Tensor): void {
  if (sameShape(mean.shape, logVariance.shape)) return;
  throw new LayerError({
    code: 'shape-mismatch',
    input: 1,
    what: `The mean is ${sampleShape(mean)}, but the logarithm of the variance is ${sampleShape(logVariance)}.`,
    why: 'Every latent feature has one mean and one variance: both layers need the same number of units.',
  });
}

/** The Kullback–Leibler divergence from a standard normal distribution, added up over features, as a mean over samples. */
function divergence(builder: Builder, mean: Tensor, logVariance: Tensor): Tensor {
  const spread = builder.subtract(builder.subtract(builder.exp(logVariance), builder.constant(1)), logVariance);
  const sum = builder.reduceSum(builder.add(builder.square(mean), spread), { axes: mean.shape.map((_, axis) => axis) });
  return builder.multiply(sum, builder.constant(0.5 / (mean.shape[0] as number)));
}

function sampled(context: LayerContext, mean: Tensor, logVariance: Tensor): Tensor {
  const { builder } = context;
  const deviation = builder.exp(builder.multiply(logVariance, builder.constant(0.5)));
  return builder.add(mean, builder.multiply(deviation, context.random('normal', mean.shape)));
}
