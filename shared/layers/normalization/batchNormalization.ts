// BatchNormalization: brings every channel to mean 0 and variance 1, over the batch.

import { number } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { initializerField } from '../initializers/index.ts';
import { type LayerContext, LayerError, layer, only } from '../layer.ts';
import { axisField, axisWords, sampleAxis } from '../axes.ts';
import { learned, learnedFields, learnedKeras } from './scaleAndOffset.ts';

interface Moments {
  readonly mean: Tensor;
  readonly variance: Tensor;
}
interface Normalizer {
  readonly gamma: Tensor | null;
  readonly beta: Tensor | null;
  readonly epsilon: number;
}

export const batchNormalization = layer({
  id: 'batchNormalization',
  title: 'BatchNormalization',
  family: 'normalization',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Brings every channel to mean 0 and variance 1 over the batch, then lets the network choose its own scale (gamma) and offset (beta). Training becomes faster and less sensitive to the start. When predicting it uses running averages collected while training.',
    formula: 'y = gamma · (x − mean) / √(variance + epsilon) + beta',
    source: 'https://keras.io/api/layers/normalization_layers/batch_normalization/',
  },
  synonyms: ['batchnorm', 'bn', 'norm', 'standardize'],
  fields: {
    momentum: number({
      label: 'Momentum',
      help: 'How much of the running averages stays at each step; closer to 1 is slower and steadier.',
      min: 0,
      max: 1,
      default: 0.99,
    }),
    epsilon: number({
      label: 'Epsilon',
      help: 'Added to the variance so that nothing is divided by 0.',
      min: 0,
      max: 1,
      exclusiveMin: true,
      scale: 'log',
      level: 'advanced',
      default: 0.001,
    }),
    axis: axisField('The axis of the channels: each of its places has a mean and a variance of its own.'),
    ...learnedFields,
    movingMeanInitializer: initializerField({ label: 'Moving mean initializer', default: 'zeros', vector: true }),
    movingVarianceInitializer: initializerField({ label: 'Moving variance initializer', default: 'ones', vector: true }),
  },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => [`momentum ${p.momentum}`, p.axis !== -1 && axisWords(p.axis)].filter(Boolean).join(' · '),
  lower(context, inputs, p) {
    const input = only(inputs);
    if (input.shape.length < 2) throw new LayerError({ code: 'rank', input: 0, what: 'It needs at least one feature per sample, but gets a single number.' });
    const axis = sampleAxis(input, p.axis);
    const channels = input.shape[axis] as number;
    const { gamma, beta } = learned(context, [channels], [channels], p);
    const moving: Moments = {
      mean: context.weight('moving_mean', [channels], { initializer: p.movingMeanInitializer, trainable: false }),
      variance: context.weight('moving_variance', [channels], { initializer: p.movingVarianceInitializer, trainable: false }),
    };
    const normalizer: Normalizer = { gamma, beta, epsilon: p.epsilon };
    return withChannelsLast(context.builder, input, axis, (turned) => {
      // Frozen, it uses what it has gathered, in training too.
      if (!context.training || !context.trainable) return normalize(context.builder, turned, { ...normalizer, ...moving });
      const { y, ...moments } = normalizeBatch(context, turned, normalizer, countedIn(context, context.inputMask(), input, axis));
      follow(context, moving, moments, p.momentum);
      return y;
    });
  },
  keras: { className: 'BatchNormalization', ...learnedKeras, extra: { synchronized: false, renorm: false, renorm_momentum: 0.99 } },
});

/** Works on the values with the axis of the channels at their end, and brings it back. */
function withChannelsLast(builder: Builder, input: Tensor, axis: number, work: (turned: Tensor) => Tensor): Tensor {
  if (axis === input.shape.length - 1) return work(input);
  const permutation = toTheEnd(input, axis);
  const result = work(builder.transpose(input, { permutation }));
  return builder.transpose(result, { permutation: permutation.map((_, one) => permutation.indexOf(one)) });
}

const toTheEnd = ({ shape }: Tensor, axis: number): number[] => [...[...shape.keys()].filter((one) => one !== axis), axis];

/** 1 for values that a mask of the steps counts, 0 for the others, the channels at the end; null where all count. */
function countedIn({ builder }: LayerContext, mask: Tensor | null, input: Tensor, axis: number): Tensor | null {
  if (!mask) return null;
  const counted = builder.reshape(builder.cast(mask, { dtype: 'float32' }), { shape: [...mask.shape, 1] });
  return axis === input.shape.length - 1
    ? counted
    : builder.transpose(builder.broadcastTo(counted, { shape: input.shape }), { permutation: toTheEnd(input, axis) });
}

/** By the moments of the batch, which come out too. @param counted 1 for values that count, 0 for the others; null: all do */
function normalizeBatch(context: LayerContext, input: Tensor, o: Normalizer, counted: Tensor | null): Moments & { readonly y: Tensor } {
  const { builder } = context;
  if (counted) {
    const moments = countedMoments(builder, input, counted);
    return { y: normalize(builder, input, { ...o, ...moments }), ...moments };
  }
  const channels = input.shape.slice(-1);
  const [y, mean, variance] = builder.batchNormalize(input, o.gamma ?? builder.constant(1, channels), o.beta ?? builder.constant(0, channels), {
    epsilon: o.epsilon,
  }) as [Tensor, Tensor, Tensor];
  return { y, mean, variance };
}

/** Mean and variance (of the population) of every channel over what counts; Keras adds its small number to the count. */
function countedMoments(builder: Builder, input: Tensor, counted: Tensor): Moments {
  const axes = input.shape.slice(0, -1).map((_, axis) => axis);
  const count = builder.add(builder.reduceSum(counted, { axes }), builder.constant(1e-7));
  const mean = builder.divide(builder.reduceSum(builder.multiply(input, counted), { axes }), count);
  const distance = builder.multiply(builder.subtract(input, mean), counted);
  return { mean, variance: builder.divide(builder.reduceSum(builder.square(distance), { axes }), count) };
}

/** Moves the running averages towards the batch's moments. */
function follow(context: LayerContext, moving: Moments, batch: Moments, momentum: number): void {
  const { builder } = context;
  const mix = (old: Tensor, now: Tensor) =>
    builder.add(builder.multiply(old, builder.constant(momentum)), builder.multiply(now, builder.constant(1 - momentum)));
  context.update(moving.mean, mix(moving.mean, batch.mean));
  context.update(moving.variance, mix(moving.variance, batch.variance));
}

/** x · inverse + (beta − mean · inverse): two operations on the large value, the rest on values of one axis. */
function normalize(builder: Builder, input: Tensor, o: Moments & Normalizer): Tensor {
  const plain = builder.reciprocal(builder.sqrt(builder.add(o.variance, builder.constant(o.epsilon))));
  const inverse = o.gamma ? builder.multiply(plain, o.gamma) : plain;
  const shifted = builder.multiply(o.mean, inverse);
  return builder.add(builder.multiply(input, inverse), o.beta ? builder.subtract(o.beta, shifted) : builder.negate(shifted));
}
