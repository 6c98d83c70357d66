// Normalization: brings every feature to mean 0 and variance 1, with the mean and variance of the training data.

import { boolean, optionalInteger } from '../../lib/fields.ts';
import { numberList, numbersIn } from './numberList.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { listOfKeras } from './channels.ts';
import { type LayerContext, LayerError, layer, only } from '../layer.ts';

const given = (label: string, help: string) => numberList({ label, help, placeholder: 'numbers such as 0.5, 1, 2', level: 'advanced', default: '' });

export const normalization = layer({
  id: 'normalization',
  title: 'Normalization',
  family: 'core',
  group: 'images',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Subtracts from every feature its mean and divides by its standard deviation, so that large and small units count alike. It takes both from the training data before training begins, and keeps them. Put it right behind the Input of tables and series with features of different sizes.',
    formula: 'y = (x − mean) / √variance',
    source: 'https://keras.io/api/layers/preprocessing_layers/numerical/normalization/',
  },
  synonyms: ['preprocessing', 'standardize', 'z-score', 'scale', 'adapt'],
  fields: {
    axis: optionalInteger({
      label: 'Axis',
      help: 'The axis whose places each have a mean of their own; −1: the last one, features or channels. Left open: one mean for all values.',
      min: -8,
      max: 8,
      default: -1,
    }),
    invert: boolean({
      label: 'Invert',
      help: 'The other way round: from mean 0 and variance 1 back to the data’s own units.',
      level: 'advanced',
      default: false,
    }),
    mean: given('Mean', 'The mean where it is known: one number, or one for each place of the axis. Empty: taken from the data.'),
    variance: given('Variance', 'The variance that belongs to a given mean.'),
  },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => [p.axis === null ? 'all values together' : `axis ${String(p.axis).replace('-', '−')}`, p.invert && 'inverted'].filter(Boolean).join(' · '),
  lower(context, inputs, p) {
    const input = only(inputs);
    const { builder } = context;
    const { mean, variance } = p.mean === '' ? statistics(context, input, p.axis) : givenIn(builder, input, p);
    const deviation = builder.maximum(builder.sqrt(variance), builder.constant(1e-7));
    return p.invert ? builder.add(mean, builder.multiply(input, deviation)) : builder.divide(builder.subtract(input, mean), deviation);
  },
  preparation: {
    plan: ({ mean }) => (mean === '' ? { title: 'Mean and variance', epochs: 1, learningRate: 1, shuffle: false } : null),
    lower(context, inputs, p) {
      const input = only(inputs);
      const { weights } = statistics(context, input, p.axis);
      const after = withBatch(context.builder, weights, input, reducedAxes(input, p.axis));
      for (const key of ['mean', 'variance', 'count'] as const) context.update(weights[key], after[key]);
      return {};
    },
  },
  keras: {
    className: 'Normalization',
    toConfig: ({ axis, mean, variance }) => ({ axis: axis === null ? [] : [axis], mean: written(mean), variance: written(variance) }),
    fromConfig({ axis = -1, mean = null, variance = null }) {
      const axes = axis === null ? [] : Array.isArray(axis) ? axis : [axis];
      const lists = [mean, variance].map((value) => (value === null ? [] : listOfKeras(value)));
      const [first, second] = lists;
      if (axes.length > 1 || !first || !second || (first.length === 0) !== (second.length === 0)) return null;
      return { axis: axes.length === 0 ? null : (axes[0] as number), mean: first.join(', '), variance: second.join(', ') };
    },
  },
});

/** One number by itself, several as a list. */
function written(list: string): number | readonly number[] | null {
  const values = numbersIn(list);
  return values.length > 1 ? values : (values[0] ?? null);
}

/** Mean and variance that were given, in a shape that stretches over the input. @throws LayerError where they do not fit the axis */
function givenIn(builder: Builder, input: Tensor, p: { readonly axis: number | null; readonly mean: string; readonly variance: string }) {
  const kept = keptAxis(input, p.axis);
  const size = kept === null ? 1 : (input.shape[kept] as number);
  const wide = (parameter: 'mean' | 'variance') => {
    const values = numbersIn(p[parameter]);
    if (values.length === 1) return builder.constant(values[0] as number);
    if (values.length === size)
      return builder.constant(
        values,
        input.shape.map((one, i) => (i === kept ? one : 1)),
      );
    throw new LayerError({
      code: 'channels',
      parameter,
      what: `Its ${parameter} has ${values.length} numbers, but the axis has ${size} ${size === 1 ? 'place' : 'places'}.`,
      why: 'A mean or a variance is one number for all, or one for each place of the axis.',
      repairs: [{ label: 'Take both from the data', parameters: { mean: '', variance: '' } }],
    });
  };
  return { mean: wide('mean'), variance: wide('variance') };
}

interface Moments {
  readonly mean: Tensor;
  readonly variance: Tensor;
  /** How many samples they are of. */
  readonly count: Tensor;
}

/** The axis counted from the front. @throws LayerError where there is no such axis, or it is the batch's */
function keptAxis(input: Tensor, axis: number | null): number | null {
  const rank = input.shape.length;
  if (axis === null) return null;
  const place = axis < 0 ? axis + rank : axis;
  if (place > 0 && place < rank) return place;
  throw new LayerError({
    code: 'axis',
    parameter: 'axis',
    what: `There is no axis ${axis} to keep: its input has ${rank - 1} ${rank === 2 ? 'axis' : 'axes'} beside the batch.`,
    repairs: [{ label: 'Set axis to −1', parameters: { axis: -1 } }],
  });
}

const reducedAxes = (input: Tensor, axis: number | null): number[] => {
  const kept = keptAxis(input, axis);
  return input.shape.flatMap((_, i) => (i === kept ? [] : [i]));
};

/** The weights in Keras' order, and both moments in a shape that stretches over the input. */
function statistics(
  context: LayerContext,
  input: Tensor,
  axis: number | null,
): { readonly weights: Moments; readonly mean: Tensor; readonly variance: Tensor } {
  const kept = keptAxis(input, axis);
  const shape = kept === null ? [] : [input.shape[kept] as number];
  const mean = context.weight('mean', shape, { initializer: 'zeros', trainable: false });
  const variance = context.weight('variance', shape, { initializer: 'ones', trainable: false });
  const count = context.weight('count', [], { initializer: 'zeros', trainable: false });
  const wide = (moment: Tensor) => context.builder.reshape(moment, { shape: input.shape.map((size, i) => (i === kept ? size : 1)) });
  return { weights: { mean, variance, count }, mean: wide(mean), variance: wide(variance) };
}

/** The moments of the samples so far and of a batch together; exact whatever the sizes of batches are (Chan and others, 1979). */
function withBatch(builder: Builder, before: Moments, input: Tensor, axes: readonly number[]): Moments {
  const one = builder.constant(1);
  const batchMean = builder.reduceMean(input, { axes, keepDims: true });
  const batchVariance = builder.reduceMean(builder.square(builder.subtract(input, batchMean)), { axes });
  const flatMean = builder.reshape(batchMean, { shape: before.mean.shape });
  const count = builder.add(before.count, builder.constant(input.shape[0] as number));
  const share = builder.divide(builder.constant(input.shape[0] as number), count);
  const rest = builder.subtract(one, share);
  const mean = builder.add(builder.multiply(before.mean, rest), builder.multiply(flatMean, share));
  const moved = (moments: { readonly mean: Tensor; readonly variance: Tensor }) =>
    builder.add(moments.variance, builder.square(builder.subtract(moments.mean, mean)));
  const variance = builder.add(builder.multiply(moved(before), rest), builder.multiply(moved({ mean: flatMean, variance: batchVariance }), share));
  return { mean, variance, count };
}
