// Regularizers: what a layer adds to the loss for large weights, as two strengths, and how Keras writes them; with the constraint, all that
// a kernel's numbers are held by.

import { type Field, number } from '../../lib/fields.ts';
import type { LayerContext, WeightOptions } from '../layer.ts';
import type { Shape, Tensor } from '../../tensor/types.ts';
import { constraintOf, constraintOfKeras, constraintToKeras, type KernelConstraint, kernelConstraintFields } from '../constraints/index.ts';
import { snakeCase } from '../snakeCase.ts';
import { penalty, type Strengths } from './penalty.ts';

export { penalty, type Strengths } from './penalty.ts';

/** A strength of 0 switches a penalty off. */
export const strengthField = (o: { label: string; help: string; level?: 'common' | 'advanced' }): Field<number> =>
  number({ ...o, min: 0, max: 100, sliderMax: 0.1, default: 0 });

/** The two strengths and the constraint as parameters of a layer, for its kernel. */
export const kernelPenaltyFields = {
  kernelL1: strengthField({
    label: 'Kernel L1',
    help: 'Adds this much times the sum of the weights’ sizes to the loss: pushes needless weights to exactly 0. 0 switches it off.',
    level: 'advanced',
  }),
  kernelL2: strengthField({
    label: 'Kernel L2',
    help: 'Adds this much times the sum of the squared weights to the loss: keeps weights small, against memorizing. 0 switches it off; 0.01 is strong.',
    level: 'advanced',
  }),
  ...kernelConstraintFields,
};
interface KernelPenalty extends KernelConstraint {
  readonly kernelL1: number;
  readonly kernelL2: number;
}

/** Declares a kernel with its constraint, and adds its penalty to the loss. */
export function regularizedWeight(context: LayerContext, name: string, shape: Shape, o: WeightOptions & KernelPenalty): Tensor {
  const weight = context.weight(name, shape, { initializer: o.initializer, constraint: constraintOf(o, shape.length) });
  const loss = penalty(context.builder, weight, { l1: o.kernelL1, l2: o.kernelL2 });
  if (loss) context.addLoss(loss, weight);
  return weight;
}

/**
 * How a layer with the fields above stands in Keras' files.
 * @param kernel its name there: `kernel`, `depthwise`
 * @param rank how many axes it has
 */
export const kernelPenaltyKeras = (kernel: string, rank: number) => ({
  toConfig: (p: KernelPenalty) => ({
    ...Object.fromEntries(Object.keys(kernelPenaltyFields).map((key) => [snakeCase(key), undefined])),
    [`${kernel}_regularizer`]: regularizerToKeras({ l1: p.kernelL1, l2: p.kernelL2 }),
    [`${kernel}_constraint`]: constraintToKeras(p, rank),
  }),
  fromConfig({
    [`${kernel}_regularizer`]: regularizer,
    [`${kernel}_constraint`]: constraint,
  }: Readonly<Record<string, unknown>>): Partial<KernelPenalty> | null {
    const strengths = regularizerOfKeras(regularizer),
      read = constraintOfKeras(constraint, rank);
    return strengths && read && { kernelL1: strengths.l1, kernelL2: strengths.l2, ...read };
  },
});

/** Keras' object: L1, L2 or L1L2; null without a penalty. */
export function regularizerToKeras({ l1, l2 }: Strengths): Readonly<Record<string, unknown>> | null {
  if (l1 === 0 && l2 === 0) return null;
  const [className, config] = l1 > 0 && l2 > 0 ? ['L1L2', { l1, l2 }] : l1 > 0 ? ['L1', { l1 }] : ['L2', { l2 }];
  return { module: 'keras.regularizers', class_name: className, config, registered_name: null };
}

/** What Keras takes where only a name is given. */
const usual: Strengths = { l1: 0.01, l2: 0.01 };

/** The strengths in a Keras configuration; null for a regularizer that is not in the list (an orthogonal one, one of somebody's own). */
export function regularizerOfKeras(value: unknown): Strengths | null {
  if (value === null || value === undefined) return { l1: 0, l2: 0 };
  const { class_name: name, config = {} } = (typeof value === 'string' ? { class_name: value, config: usual } : value) as {
    class_name?: unknown;
    config?: Partial<Strengths>;
  };
  const kind = typeof name === 'string' ? name.replaceAll('_', '').toLowerCase() : '';
  if (kind === 'l1') return { l1: config.l1 ?? usual.l1, l2: 0 };
  if (kind === 'l2') return { l1: 0, l2: config.l2 ?? usual.l2 };
  return kind === 'l1l2' ? { l1: config.l1 ?? 0, l2: config.l2 ?? 0 } : null;
}
