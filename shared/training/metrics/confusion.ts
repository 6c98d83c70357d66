// Counts of right and wrong yes and no, which precision, recall and F1 are made of. No metric itself.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { total } from './means.ts';

/** Yes that is yes; said yes; is yes: float32 [3], over all outputs. */
export const confusionSums = (builder: Builder, isYes: Tensor, saidYes: Tensor): Tensor =>
  builder.concat(total(builder, builder.multiply(isYes, saidYes)), total(builder, saidYes), total(builder, isYes), { axis: 0 });

/** a / b, and 0 for nothing at all, as in Keras. */
export const ratio = (a: number | undefined, b: number | undefined): number => (b ? (a ?? 0) / b : 0);
