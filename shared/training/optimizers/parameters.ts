// What optimizers share: usual parameters and the running average. No optimizer itself.

import { number } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

export const learningRateField = (usual: number) =>
  number({
    label: 'Learning rate',
    help: 'The size of the steps. Too large and the loss jumps or becomes NaN, too small and it hardly moves.',
    min: 0,
    exclusiveMin: true,
    sliderMax: 1,
    scale: 'log',
    default: usual,
  });

export const epsilonField = () =>
  number({
    label: 'Epsilon',
    help: 'Added to the divisor so that nothing is divided by 0.',
    min: 0,
    exclusiveMin: true,
    max: 1,
    scale: 'log',
    level: 'advanced',
    default: 1e-7,
  });

/** share · mean + (1 − share) · value */
export const movingAverage = (builder: Builder, mean: Tensor, value: Tensor, share: number): Tensor =>
  builder.add(builder.multiply(mean, builder.constant(share)), builder.multiply(value, builder.constant(1 - share)));

export const initialAccumulatorField = () =>
  number({
    label: 'Initial accumulator',
    help: 'Where the sum of squared gradients starts; larger means calmer first steps.',
    min: 0,
    max: 1000,
    level: 'advanced',
    default: 0.1,
  });

/** A slot that is to start at a number: slots are 0 at the first step, where the number is added. */
export function startingAt(builder: Builder, slot: Tensor, step: Tensor, start: number): Tensor {
  if (start === 0) return slot;
  const first = builder.cast(builder.equal(step, builder.constant(1)), { dtype: 'float32' });
  return builder.add(slot, builder.multiply(first, builder.constant(start)));
}
