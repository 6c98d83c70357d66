// Batch normalization while training: every channel (last axis) brought to mean 0 and variance 1 over all other axes, then scaled and moved.
// The batch's mean and variance (of the population) come out too, for the running averages. An operation of its own because engines have kernels
// that do it in two passes over x, and its derivative in two more; written in simpler operations it is six and more.

import { type Gradients, operationWithManyOutputs, ShapeError } from '../operation.ts';
import { formatShape, type Tensor, type TensorType } from '../types.ts';
import { requireType, sizeAt } from './shapes.ts';

/** The sizes of x as [rows, channels]. */
export const rowsAndChannels = ({ shape }: TensorType): readonly [rows: number, channels: number] => [
  shape.slice(0, -1).reduce((product, size) => product * size, 1),
  sizeAt(shape, -1),
];
/** All axes but the channels'. */
export const rowAxes = ({ shape }: TensorType): readonly number[] => shape.slice(0, -1).map((_, axis) => axis);

/** @throws ShapeError unless x has channels and each of the others is a number for every one of them */
export function requireChannels(what: string, x: TensorType, perChannel: readonly TensorType[]): void {
  for (const type of [x, ...perChannel]) requireType(type, ['float32'], what);
  if (x.shape.length < 2) throw new ShapeError(`${what} needs at least two axes, but gets the shape ${formatShape(x.shape)}.`);
  for (const { shape } of perChannel)
    if (shape.length !== 1 || shape[0] !== sizeAt(x.shape, -1))
      throw new ShapeError(`${what} expects a number for each of ${sizeAt(x.shape, -1)} channels, but gets the shape ${formatShape(shape)}.`);
}

/** For every channel the mean of what `of` gives for each element. */
export function channelMeans([rows, channels]: readonly [number, number], of: (element: number, channel: number) => number): Float64Array {
  const sums = new Float64Array(channels);
  for (let i = 0; i < rows * channels; i++) sums[i % channels] = (sums[i % channels] as number) + of(i, i % channels);
  return sums.map((sum) => sum / rows);
}

export const batchNormalize = operationWithManyOutputs<[x: Tensor, gamma: Tensor, beta: Tensor], { epsilon: number }>({
  name: 'batchNormalize',
  summary: 'y = gamma · (x − mean) / √(variance + epsilon) + beta; mean and variance of every channel',
  infer([x, gamma, beta]) {
    requireChannels('batchNormalize', x, [gamma, beta]);
    return [x, gamma, gamma];
  },
  gradient({ builder, inputs: [x, gamma], outputs, outputGradients, attributes, wanted }): Gradients {
    const [, mean, variance] = outputs as [Tensor, Tensor, Tensor];
    const [byY, byMean, byVariance] = outputGradients;
    const [byX, byGamma, byBeta] = byY ? builder.batchNormalizeGradient(x, gamma, mean, variance, byY, attributes) : [];
    const share = builder.constant(1 / rowsAndChannels(x)[0]);
    const terms = [
      byX,
      byMean && builder.broadcastTo(builder.multiply(byMean, share), { shape: x.shape }),
      byVariance && builder.multiply(builder.subtract(x, mean), builder.multiply(byVariance, builder.multiply(share, builder.constant(2)))),
    ].filter((term) => !!term);
    return [wanted(0) && terms.length > 0 ? terms.reduce((a, b) => builder.add(a, b)) : null, byGamma ?? null, byBeta ?? null];
  },
  evaluate([x, gamma, beta], { epsilon }, types) {
    const sizes = rowsAndChannels(types[0] as TensorType);
    const mean = channelMeans(sizes, (i) => x.data[i] as number);
    const variance = channelMeans(sizes, (i, c) => ((x.data[i] as number) - (mean[c] as number)) ** 2);
    const scale = gamma.data.map((value, c) => value / Math.sqrt((variance[c] as number) + epsilon));
    const y = x.data.map((value, i) => {
      const c = i % sizes[1];
      return (value - (mean[c] as number)) * (scale[c] as number) + (beta.data[c] as number);
    });
    return [
      { shape: x.shape, data: y },
      { shape: gamma.shape, data: mean },
      { shape: gamma.shape, data: variance },
    ];
  },
  // x · inverse + (beta − mean · inverse): two operations on the large value, the rest on values of one axis.
  expand(builder, [x, gamma, beta], { epsilon }): readonly Tensor[] {
    const axes = rowAxes(x);
    const mean = builder.reduceMean(x, { axes });
    const variance = builder.reduceMean(builder.square(builder.subtract(x, mean)), { axes });
    const inverse = builder.multiply(builder.reciprocal(builder.sqrt(builder.add(variance, builder.constant(epsilon)))), gamma);
    return [builder.add(builder.multiply(x, inverse), builder.subtract(beta, builder.multiply(mean, inverse))), mean, variance];
  },
});
