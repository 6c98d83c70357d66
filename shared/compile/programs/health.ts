// How the layers of a network do: how much what each one gives differs between samples, how many of its units give the same for all of them, and
// how large the gradient of its weights is. A program over one batch that changes nothing. What the numbers mean is training/health.ts.

import { gradients } from '../../tensor/gradient.ts';
import { simplify } from '../../tensor/simplify.ts';
import { type Program, sizeOf, type Tensor } from '../../tensor/types.ts';
import type { Builder } from '../../tensor/builder.ts';
import { forward } from './forward.ts';
import { graphOf } from '../graph.ts';
import { objectivesOf } from './objectives.ts';
import type { CompileOptions } from './programs.ts';
import { score } from './score.ts';

/** The program's name for the numbers of a layer. */
const prefix = 'health/';
/** Of an output, the id of its node in the laid open network; null where it is of none. */
export const healthNode = (output: string): string | null => (output.startsWith(prefix) ? output.slice(prefix.length) : null);

/** A unit whose values differ by less than this share of the layer's typical value gives the same for all samples. */
const STILL = 1e-3;

const scalar = (builder: Builder, x: Tensor): Tensor => builder.reshape(x, { shape: [1] });

/** [2]: the standard deviation of a unit between samples and places (root mean square over the units), and the share of units that stand still. */
function spread(builder: Builder, given: Tensor): readonly Tensor[] {
  const units = given.shape.at(-1) as number;
  const rows = builder.reshape(given, { shape: [sizeOf(given.shape) / units, units] });
  const mean = builder.reduceMean(rows, { axes: [0], keepDims: true });
  const variance = builder.reduceMean(builder.square(builder.subtract(rows, mean)), { axes: [0] });
  const size = builder.reduceMean(builder.square(rows), { axes: [0, 1] });
  const least = builder.multiply(size, builder.constant(STILL ** 2));
  const still = builder.cast(builder.lessEqual(variance, least), { dtype: 'float32' });
  return [builder.sqrt(builder.reduceMean(variance, { axes: [0] })), builder.reduceMean(still, { axes: [0] })].map((one) => scalar(builder, one));
}

/** The root mean square of some gradients, all their numbers together. */
function rootMeanSquare(builder: Builder, all: readonly Tensor[]): Tensor {
  const count = all.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const squares = all.map((one) => builder.reduceSum(builder.square(one), { axes: one.shape.map((_, axis) => axis) }));
  const sum = squares.reduce((total, one) => builder.add(total, one));
  return scalar(builder, builder.sqrt(builder.multiply(sum, builder.constant(1 / count))));
}

/**
 * For each layer that has weights to train, `health/ID` float32 [3]: spread of its output, share of still units, root mean square of its weights'
 * gradient. The loss is that of a training step, with dropout and noise as in one.
 * @throws NetwrightError as `compileNetwork`
 */
export function healthProgram(options: CompileOptions): Program {
  const { network, dataset, settings, batchSize } = options;
  const pass = forward(graphOf(network), dataset, batchSize, true);
  const { context, values } = pass,
    { builder } = context;
  const { loss } = score(pass, objectivesOf(network, dataset, settings));
  const trainable = context.weights.filter(({ declaration }) => declaration.trainable);
  const slopes = gradients(
    builder,
    loss,
    trainable.map(({ tensor }) => tensor),
  );
  const outputs = [...values].flatMap(([node, given]) => {
    const own = trainable.flatMap(({ declaration }, i) => (declaration.node === node && slopes[i] ? [slopes[i]] : []));
    if (own.length === 0 || given.dtype !== 'float32' || given.shape.length < 2) return [];
    return [{ name: `${prefix}${node}`, tensor: builder.concat(...spread(builder, given), rootMeanSquare(builder, own), { axis: 0 }) }];
  });
  return simplify(builder.build(outputs));
}
