// What a layer with a kernel is held by: penalties on its kernel, its bias and what it gives, and the kernel's constraint, with their words in
// Keras' files.

import type { LayerContext, WeightOptions } from '../layer.ts';
import type { Shape, Tensor } from '../../tensor/types.ts';
import { type ActivationId, activate } from '../activations/index.ts';
import { constraintOf, constraintOfKeras, constraintToKeras, type KernelConstraint, kernelConstraintFields } from '../constraints/index.ts';
import { activityKeras, allKeras, type HeldBy, heldFields, heldKeras } from '../holding.ts';
import { snakeCase } from '../snakeCase.ts';
import type { Strengths } from './penalty.ts';
import { kept, keptActivity, regularizerOfKeras, regularizerToKeras, strengthFields, strengthsIn } from './strengths.ts';

export { penalty } from './penalty.ts';
export { regularizerOfKeras, regularizerToKeras, strengthField } from './strengths.ts';

/** Penalties and the constraint as parameters of a layer. */
export const kernelPenaltyFields = {
  ...strengthFields('kernel', 'Kernel'),
  ...kernelConstraintFields,
  ...heldFields('bias', 'Bias', false),
  ...strengthFields('activity', 'Activity'),
};
type KernelPenalty = KernelConstraint & HeldBy<'bias'> & { readonly [K in `${'kernel' | 'activity'}${'L1' | 'L2'}`]: number };

/** Declares a kernel with its constraint, and adds its penalty to the loss. */
export function regularizedWeight(context: LayerContext, name: string, shape: Shape, o: WeightOptions & KernelPenalty): Tensor {
  return kept(context, context.weight(name, shape, { initializer: o.initializer, constraint: constraintOf(o, shape.length) }), strengthsIn(o, 'kernel'));
}

/** What such a layer gives: its activation, with the penalty on it. */
export function activated(
  context: LayerContext,
  p: { readonly activation: ActivationId; readonly activityL1: number; readonly activityL2: number },
  x: Tensor,
): Tensor {
  return keptActivity(context, activate(context.builder, p.activation, x), strengthsIn(p, 'activity'));
}

const besides = allKeras(heldKeras({ bias: 1 }), activityKeras);

/**
 * How a layer with the fields above stands in Keras' files.
 * @param kernel its name there: `kernel`, `depthwise`
 * @param rank how many axes it has
 */
export const kernelPenaltyKeras = (kernel: string, rank: number) => ({
  toConfig: (p: KernelPenalty) => ({
    ...Object.fromEntries(Object.keys(kernelPenaltyFields).map((key) => [snakeCase(key), undefined])),
    ...besides.toConfig(p),
    [`${kernel}_regularizer`]: regularizerToKeras(strengthsIn(p, 'kernel')),
    [`${kernel}_constraint`]: constraintToKeras(p, rank),
  }),
  fromConfig(config: Readonly<Record<string, unknown>>): Partial<KernelPenalty> | null {
    const strengths: Strengths | null = regularizerOfKeras(config[`${kernel}_regularizer`]),
      read = constraintOfKeras(config[`${kernel}_constraint`], rank),
      others = besides.fromConfig(config);
    return strengths && read && others && { kernelL1: strengths.l1, kernelL2: strengths.l2, ...read, ...others };
  },
});
