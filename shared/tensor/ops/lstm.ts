// Long short-term memory over all time steps, from two states that may be given (hidden, cell), else from zeros. Gates lie in Keras' order:
// input, forget, cell, output. Outputs: the sequence of hidden values, the last hidden value, the last cell value.

import type { Builder } from '../builder.ts';
import { type Gradients, operationWithManyOutputs } from '../operation.ts';
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
import { passedOn } from './recurrentGradient.ts';

type LstmAttributes = { activation?: string; recurrentActivation?: string };

/** One step: the hidden value and the cell's. */
export function lstmCell(builder: Builder, recur: Recur, { activate, gate }: { readonly activate: StepFunction; readonly gate: StepFunction }): Cell {
  return (step, before) => {
    const [hidden, cell] = before ?? [];
    const sums = hidden ? builder.add(step, recur(hidden)) : step;
    const [i, f, g, o] = builder.split(sums, { axis: 1, parts: 4 }) as [Tensor, Tensor, Tensor, Tensor];
    const written = builder.multiply(gate(builder, i), activate(builder, g));
    const next = cell ? builder.add(builder.multiply(gate(builder, f), cell), written) : written;
    return [builder.multiply(gate(builder, o), activate(builder, next)), next];
  };
}

export const lstm = operationWithManyOutputs<RecurrentInputs, LstmAttributes>({
  name: 'lstm',
  summary: 'i, f, g, o = gates(xₜ, hₜ₋₁); cₜ = f · cₜ₋₁ + i · g; hₜ = o · activation(cₜ)',
  defaults: { activation: 'tanh', recurrentActivation: 'sigmoid' },
  infer(types, { activation, recurrentActivation }) {
    activationNamed(activation);
    activationNamed(recurrentActivation);
    return recurrentOutputs(recurrentSizes(types, { name: 'lstm', gates: 4, states: 2, biasShape: (width) => [width] }), 2);
  },
  whole: true,
  gradient(context): Gradients {
    const { given, by } = passedOn(context);
    return context.builder.lstmGradient(...given, { ...context.attributes, by });
  },
  expand(builder, [x, kernel, recurrentKernel, bias, ...initial], attributes): readonly Tensor[] {
    const functions = { activate: activationNamed(attributes.activation), gate: activationNamed(attributes.recurrentActivation) };
    const cell = lstmCell(builder, (before) => builder.matMul(before, recurrentKernel), functions);
    return walkResult(builder, walked(projectedSteps(builder, x, kernel, bias), cell, initial));
  },
  multiplyAdds: recurrentMultiplyAdds,
});
