// The derivatives of batchNormalize by x, gamma and beta, from x, gamma, the batch's mean and variance, and the derivative g by y.

import { operationWithManyOutputs, ShapeError } from '../operation.ts';
import { formatShape, sameShape, type Tensor, type TensorType } from '../types.ts';
import { channelMeans, requireChannels, rowAxes, rowsAndChannels } from './batchNormalize.ts';
import { requireType } from './shapes.ts';

export const batchNormalizeGradient = operationWithManyOutputs<
  [x: Tensor, gamma: Tensor, mean: Tensor, variance: Tensor, gradient: Tensor],
  { epsilon: number }
>({
  name: 'batchNormalizeGradient',
  summary: 'gamma / √(variance + epsilon) · (g − mean of g − x̂ · mean of g · x̂); Σ g · x̂; Σ g, with x̂ = (x − mean) / √(variance + epsilon)',
  infer([x, gamma, mean, variance, g]) {
    requireChannels('batchNormalizeGradient', x, [gamma, mean, variance]);
    requireType(g, ['float32'], 'batchNormalizeGradient');
    if (!sameShape(x.shape, g.shape)) throw new ShapeError(`batchNormalizeGradient expects ${formatShape(x.shape)}, but gets ${formatShape(g.shape)}.`);
    return [x, gamma, gamma];
  },
  // Nothing here needs it: no layer asks for second derivatives.
  gradient: 'none',
  evaluate([x, gamma, mean, variance, g], { epsilon }, types) {
    const sizes = rowsAndChannels(types[0] as TensorType);
    const inverse = variance.data.map((value) => 1 / Math.sqrt(value + epsilon));
    const normal = x.data.map((value, i) => (value - (mean.data[i % sizes[1]] as number)) * (inverse[i % sizes[1]] as number));
    const meanG = channelMeans(sizes, (i) => g.data[i] as number);
    const meanGNormal = channelMeans(sizes, (i) => (g.data[i] as number) * (normal[i] as number));
    const byX = g.data.map((value, i) => {
      const c = i % sizes[1];
      const rest = value - (meanG[c] as number) - (normal[i] as number) * (meanGNormal[c] as number);
      return (gamma.data[c] as number) * (inverse[c] as number) * rest;
    });
    return [
      { shape: x.shape, data: byX },
      { shape: gamma.shape, data: meanGNormal.map((value) => value * sizes[0]) },
      { shape: gamma.shape, data: meanG.map((value) => value * sizes[0]) },
    ];
  },
  // The derivative by x is g · scale + (x − mean) · slope + offset: the factors are numbers of one axis.
  expand(builder, [x, gamma, mean, variance, g], { epsilon }): readonly Tensor[] {
    const axes = rowAxes(x);
    const inverse = builder.reciprocal(builder.sqrt(builder.add(variance, builder.constant(epsilon))));
    const distance = builder.subtract(x, mean);
    const byBeta = builder.reduceSum(g, { axes });
    const byGamma = builder.multiply(builder.reduceSum(builder.multiply(g, distance), { axes }), inverse);
    const scale = builder.multiply(gamma, inverse);
    const share = builder.multiply(scale, builder.constant(-1 / rowsAndChannels(x)[0]));
    const slope = builder.multiply(builder.multiply(share, inverse), byGamma);
    const turned = builder.add(builder.multiply(g, scale), builder.multiply(distance, slope));
    return [builder.add(turned, builder.multiply(share, byBeta)), byGamma, byBeta];
  },
});
