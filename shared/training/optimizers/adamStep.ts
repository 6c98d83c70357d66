// The step that Adam and its relatives share: running means of the gradient and of its square. No optimizer itself.

import { boolean, number, type Values } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import type { OptimizerContext } from '../contracts.ts';
import { epsilonField, learningRateField } from './parameters.ts';
import { squared } from './occurrences.ts';

export const betaFields = (usual2: number) => ({
  beta1: number({
    label: 'Beta 1',
    help: 'How much of the running mean of the gradient stays at each step.',
    keras: 'beta_1',
    min: 0,
    max: 1,
    level: 'advanced',
    default: 0.9,
  }),
  beta2: number({
    label: 'Beta 2',
    help: 'How much of the running mean of its size stays at each step.',
    keras: 'beta_2',
    min: 0,
    max: 1,
    level: 'advanced',
    default: usual2,
  }),
});

export const adamFields = {
  learningRate: learningRateField(0.001),
  ...betaFields(0.999),
  epsilon: epsilonField(),
  amsgrad: boolean({
    label: 'AMSGrad',
    help: 'Divides by the largest mean square seen so far, so that steps cannot grow again.',
    level: 'advanced',
    default: false,
  }),
};

/** The running means of the gradient and of its square, with this step's in them; both are kept. */
export function moments({ builder, slot, update }: OptimizerContext, gradient: Tensor, p: { readonly beta1: number; readonly beta2: number }) {
  const momentum = follow(builder, slot('momentum'), gradient, p.beta1);
  const velocity = follow(builder, slot('velocity'), squared(builder, gradient), p.beta2);
  update('momentum', momentum);
  update('velocity', velocity);
  return { momentum, velocity };
}

/** The weight after one step of Adam, from the weight that the step is taken off. */
export function adamStep(context: OptimizerContext, weight: Tensor, gradient: Tensor, p: Values<typeof adamFields>): Tensor {
  const { builder, learningRate, step, slot, update } = context;
  const rate = builder.multiply(learningRate, builder.divide(builder.sqrt(remainder(builder, p.beta2, step)), remainder(builder, p.beta1, step)));
  const { momentum, velocity } = moments(context, gradient, p);
  let spread = velocity;
  if (p.amsgrad) {
    spread = builder.maximum(slot('velocity_hat'), velocity);
    update('velocity_hat', spread);
  }
  return builder.subtract(weight, builder.divide(builder.multiply(momentum, rate), builder.add(builder.sqrt(spread), builder.constant(p.epsilon))));
}

/** 1 − beta^step: how much of a running mean has been filled by then. */
export const remainder = (builder: Builder, beta: number, step: Tensor): Tensor =>
  builder.subtract(builder.constant(1), builder.power(builder.constant(beta), step));

/** mean + (value − mean) · (1 − beta) */
export const follow = (builder: Builder, mean: Tensor, value: Tensor, beta: number): Tensor =>
  builder.add(mean, builder.multiply(builder.subtract(value, mean), builder.constant(1 - beta)));
