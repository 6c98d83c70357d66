// A fully connected recurrent layer over all time steps, from a state that may be given, else from zeros. Outputs: the sequence, the last step.

import type { Builder } from '../builder.ts';
import { operationWithManyOutputs } from '../operation.ts';
import type { Tensor } from '../types.ts';
import {
  activationNamed,
  type Cell,
  projectedSteps,
  type Recur,
  type RecurrentInputs,
  recurrentMultiplyAdds,
  recurrentOutputs,
  recurrentSizes,
  type StepFunction,
  walked,
  walkResult,
} from './recurrent.ts';

/** One step. */
export function simpleRnnCell(builder: Builder, recur: Recur, activate: StepFunction): Cell {
  return (step, before) => [activate(builder, before ? builder.add(step, recur(before[0] as Tensor)) : step)];
}

export const simpleRnn = operationWithManyOutputs<RecurrentInputs, { activation?: string }>({
  name: 'simpleRnn',
  summary: 'hₜ = activation(xₜ · kernel + hₜ₋₁ · recurrentKernel + bias)',
  defaults: { activation: 'tanh' },
  infer(types, { activation }) {
    activationNamed(activation);
    return recurrentOutputs(recurrentSizes(types, { name: 'simpleRnn', gates: 1, states: 1, biasShape: (width) => [width] }), 1);
  },
  gradient: 'none',
  expand(builder, [x, kernel, recurrentKernel, bias, ...initial], attributes): readonly Tensor[] {
    const cell = simpleRnnCell(builder, (before) => builder.matMul(before, recurrentKernel), activationNamed(attributes.activation));
    return walkResult(builder, walked(projectedSteps(builder, x, kernel, bias), cell, initial));
  },
  multiplyAdds: recurrentMultiplyAdds,
});
