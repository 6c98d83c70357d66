// Adafactor: steps by the size of gradients, of which a matrix keeps only the means of rows and columns. Shazeer and Stern, 2018, as Keras computes it.
// Keras' `relative_step` is always on: its rate is the smaller of two that this one takes the smaller of anyway.

import { boolean, number } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { type OptimizerContext, optimizer } from '../contracts.ts';
import { squared } from './occurrences.ts';
import { learningRateField } from './parameters.ts';

export const adafactor = optimizer({
  id: 'adafactor',
  title: 'Adafactor',
  keras: 'Adafactor',
  help: 'Divides by the typical size of the gradients, but remembers of a matrix only the means of its rows and columns: little memory for large models. A step is as long as the weights themselves times the rate, which falls with the square root of the steps.',
  formula: 'v ← r · c / mean(r);  u = g / √v;  w ← w − max(ε₂, rms(w)) · min(rate, 1 / √t) · u / max(1, rms(u) / threshold)',
  fields: {
    learningRate: learningRateField(0.001),
    beta2Decay: number({
      label: 'Decay of the mean',
      help: 'How soon older gradients count less: the mean keeps 1 − step to this power.',
      keras: 'beta_2_decay',
      min: -1,
      max: 0,
      level: 'advanced',
      default: -0.8,
    }),
    epsilon1: number({
      label: 'Epsilon 1',
      help: 'Added to squares, so that nothing is divided by 0.',
      keras: 'epsilon_1',
      min: 0,
      max: 1,
      level: 'advanced',
      default: 1e-30,
    }),
    epsilon2: number({
      label: 'Epsilon 2',
      help: 'The least size of a weight that a step is measured by.',
      keras: 'epsilon_2',
      min: 0,
      max: 1,
      level: 'advanced',
      default: 1e-3,
    }),
    clipThreshold: number({
      label: 'Threshold',
      help: 'How long a step may typically be before it is shortened.',
      min: 0,
      exclusiveMin: true,
      max: 1000,
      level: 'advanced',
      default: 1,
    }),
    relativeStep: boolean({
      label: 'Falling rate',
      help: 'Keras’ switch; the rate is never above 1 / √step, whatever it says.',
      level: 'advanced',
      default: true,
    }),
  },
  lower(context, weight, gradient, p) {
    const { builder, learningRate, step } = context;
    const one = builder.constant(1);
    const rate = builder.minimum(learningRate, builder.divide(one, builder.sqrt(step)));
    const length = builder.multiply(builder.maximum(builder.constant(p.epsilon2), typicalSize(builder, weight)), rate);
    const share = builder.subtract(one, builder.power(step, builder.constant(p.beta2Decay)));
    const squares = squared(builder, gradient);
    const spread = spreadOf(context, weight, builder.add(squares, builder.constant(p.epsilon1)), share);
    const direction = builder.divide(gradient, builder.sqrt(spread));
    // Of the gradient of a table of rows Keras takes squares entry by entry, here too.
    const typical = builder.sqrt(meanOf(builder, builder.divide(squares, spread)));
    const excess = builder.maximum(one, builder.divide(typical, builder.constant(p.clipThreshold)));
    return builder.subtract(weight, builder.multiply(length, builder.divide(direction, excess)));
  },
});

/** √mean(x²) */
const typicalSize = (builder: Builder, x: Tensor): Tensor => builder.sqrt(meanOf(builder, builder.square(x)));
const meanOf = (builder: Builder, x: Tensor): Tensor => builder.reduceMean(x, { axes: x.shape.map((_, axis) => axis), keepDims: false });

/** The mean so far of the squares; of a matrix what the means of its rows and of its columns tell of it. */
function spreadOf({ builder, slot, update }: OptimizerContext, { shape }: Tensor, squares: Tensor, share: Tensor): Tensor {
  const followed = (name: string, value: Tensor): Tensor => {
    const mean = builder.add(builder.multiply(share, slot(name, value.shape)), builder.multiply(builder.subtract(builder.constant(1), share), value));
    update(name, mean);
    return mean;
  };
  const rank = shape.length;
  if (rank < 2) return followed('velocity', squares);
  const rows = followed('row', builder.reduceMean(squares, { axes: [rank - 1], keepDims: false }));
  const columns = followed('column', builder.reduceMean(squares, { axes: [rank - 2], keepDims: false }));
  const relative = builder.divide(rows, builder.reduceMean(rows, { axes: [rank - 2], keepDims: true }));
  const along = (x: Tensor, at: number) => builder.reshape(x, { shape: shape.map((size, axis) => (axis === at ? 1 : size)) });
  return builder.multiply(along(relative, rank - 1), along(columns, rank - 2));
}
