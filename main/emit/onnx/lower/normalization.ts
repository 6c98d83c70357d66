// Batch normalization and its derivative: sums for each channel, and few passes over the large values. Their distance from the mean serves both.

import type { Tensor } from '../../../../shared/tensor/types.ts';
import { sizeOf } from '../../../../shared/tensor/types.ts';
import { type Lowering, type LoweringInput, numberOf } from '../lowering.ts';
import { Channels } from './channels.ts';

/** The inputs; operations are shape-checked, so they are there. */
const given = ({ inputs }: LoweringInput): readonly Tensor[] => inputs;
const rowsOf = ({ shape }: Tensor): number => sizeOf(shape) / (shape.at(-1) as number);

/** 1 / √(variance + epsilon) of every channel. */
function inverseOf({ graph, instruction: { attributes } }: LoweringInput, variance: string): string {
  return graph.node('Reciprocal', [graph.node('Sqrt', [graph.node('Add', [variance, graph.scalar(numberOf(attributes, 'epsilon'))])])]);
}

/** x − mean, made once for both directions. */
const distanceOf = ({ graph, values }: LoweringInput, channels: Channels, x: Tensor, mean: Tensor): string =>
  values.once(`distance/${x.id}/${mean.id}`, () => channels.scaled(channels.get(x), null, graph.node('Neg', [values.get(mean)])));

const batchNormalize: Lowering = (input) => {
  const { graph, values, outputs } = input,
    [x, gamma, beta] = given(input) as [Tensor, Tensor, Tensor],
    [y, mean, variance] = outputs as [Tensor, Tensor, Tensor];
  const channels = new Channels(values, x);
  const meanOf = (name: string) => graph.node('Mul', [channels.sums(name), graph.scalar(1 / rowsOf(x))]);
  values.set(mean, meanOf(channels.get(x)));
  const distance = distanceOf(input, channels, x, mean);
  values.set(variance, meanOf(graph.node('Mul', [distance, distance])));
  const scale = graph.node('Mul', [inverseOf(input, values.get(variance)), values.get(gamma)]);
  channels.set(y, channels.scaled(distance, scale, values.get(beta)));
};

/** The derivative by x is g · scale + (x − mean) · slope + offset. */
const batchNormalizeGradient: Lowering = (input) => {
  const { graph, values, outputs } = input,
    [x, gamma, mean, variance, g] = given(input) as [Tensor, Tensor, Tensor, Tensor, Tensor],
    [byX, byGamma, byBeta] = outputs as [Tensor, Tensor, Tensor];
  const channels = new Channels(values, x);
  const times = (a: string, b: string) => graph.node('Mul', [a, b]);
  const inverse = inverseOf(input, values.get(variance)),
    distance = distanceOf(input, channels, x, mean),
    gradient = channels.get(g);
  values.set(byBeta, channels.sums(gradient));
  values.set(byGamma, times(channels.sums(times(gradient, distance)), inverse));
  const scale = times(values.get(gamma), inverse),
    share = times(scale, graph.scalar(-1 / rowsOf(x)));
  const slope = times(times(share, inverse), values.get(byGamma)),
    offset = times(share, values.get(byBeta));
  channels.set(byX, channels.scaled(gradient, scale, null, channels.scaled(distance, slope, offset)));
};

export const normalizationLowerings = { batchNormalize, batchNormalizeGradient } satisfies Record<string, Lowering>;
