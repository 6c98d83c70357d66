// Constraints: what a weight is brought back to after every step of the optimizer. Keras 3's definitions.

import type { Builder } from '../../tensor/builder.ts';
import type { Shape, Tensor } from '../../tensor/types.ts';

/** JSON. `axes`: those that one norm is taken over. */
export type Constraint =
  | { readonly kind: 'nonNeg' }
  | { readonly kind: 'unitNorm'; readonly axes: readonly number[] }
  | { readonly kind: 'maxNorm'; readonly axes: readonly number[]; readonly max: number }
  | { readonly kind: 'minMaxNorm'; readonly axes: readonly number[]; readonly min: number; readonly max: number; readonly rate: number };

/** Keeps a division by a norm of 0 harmless; Keras' own small number. */
const epsilon = 1e-7;

function normOf(builder: Builder, weight: Tensor, axes: Shape): Tensor {
  return builder.sqrt(builder.reduceSum(builder.square(weight), { axes, keepDims: true }));
}

/** The weight as the constraint wants it. */
export function constrained(builder: Builder, weight: Tensor, constraint: Constraint): Tensor {
  if (constraint.kind === 'nonNeg') return builder.relu(weight);
  const norm = normOf(builder, weight, constraint.axes);
  const divisor = builder.add(norm, builder.constant(epsilon));
  if (constraint.kind === 'unitNorm') return builder.divide(weight, divisor);
  return builder.multiply(weight, builder.divide(wantedNorm(builder, norm, constraint), divisor));
}

function wantedNorm(builder: Builder, norm: Tensor, constraint: Extract<Constraint, { readonly max: number }>): Tensor {
  const below = builder.minimum(norm, builder.constant(constraint.max));
  if (constraint.kind === 'maxNorm') return below;
  const within = builder.maximum(below, builder.constant(constraint.min));
  const { rate } = constraint;
  return builder.add(builder.multiply(within, builder.constant(rate)), builder.multiply(norm, builder.constant(1 - rate)));
}
