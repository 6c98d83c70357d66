// What the layers with noise share: switching values off, and what a rate means. No layer itself.

import { number } from '../../lib/fields.ts';
import type { Shape, Tensor } from '../../tensor/types.ts';
import type { LayerContext } from '../layer.ts';

export const rateField = (help: string, usual: number) => number({ label: 'Rate', help, min: 0, max: 1, sliderMax: 0.9, default: usual });

/** 1 with probability 1 − rate, else 0. */
export function keep(context: LayerContext, shape: Shape, rate: number): Tensor {
  const { builder } = context;
  return builder.cast(builder.greaterEqual(context.random('uniform', shape), builder.constant(rate)), { dtype: 'float32' });
}

/** x with a random share of its values at 0 and the others enlarged, so that the sum stays the same on average. `shape`: 1 where one draw serves a whole axis. */
export function dropped(context: LayerContext, x: Tensor, shape: Shape, rate: number): Tensor {
  const { builder } = context;
  const scale = rate < 1 ? 1 / (1 - rate) : 0;
  return builder.multiply(x, builder.multiply(keep(context, shape, rate), builder.constant(scale)));
}
