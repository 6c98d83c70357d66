// Gated recurrent unit over all time steps, from a state that may be given, else from zeros. Gates lie in Keras' order: update z, reset r, candidate h.
// With `resetAfter` (Keras' default) the reset gate acts on the product with the recurrent kernel, which then has a bias of its own: bias [2, 3 · units];
// without, it acts on the state before the product: bias [3 · units]. Outputs: the sequence, the last step.

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
import { sizeAt } from './shapes.ts';

type GruAttributes = { activation?: string; recurrentActivation?: string; resetAfter?: boolean };
const three = (builder: Builder, x: Tensor) => builder.split(x, { axis: -1, parts: 3 }) as [Tensor, Tensor, Tensor];

/** z · before + (1 - z) · candidate. */
function mix(builder: Builder, z: Tensor, before: Tensor | undefined, candidate: Tensor): Tensor {
  return before
    ? builder.add(candidate, builder.multiply(z, builder.subtract(before, candidate)))
    : builder.subtract(candidate, builder.multiply(z, candidate));
}

/** What a step takes of the state: `gates` its product for update and reset, `candidate` that of what the reset gate leaves; or `all` three at once, with their bias. */
export type GruRecur = { readonly all: Recur; readonly bias: Tensor } | { readonly gates: Recur; readonly candidate: Recur };

/** One step. */
export function gruCell(builder: Builder, recur: GruRecur, { activate, gate }: { readonly activate: StepFunction; readonly gate: StepFunction }): Cell {
  return (step, states) => {
    const before = states?.[0];
    const [xz, xr, xh] = three(builder, step);
    if ('all' in recur) {
      const [hz, hr, hh] = three(builder, before ? recur.all(before) : recur.bias);
      const r = gate(builder, builder.add(xr, hr));
      return [mix(builder, gate(builder, builder.add(xz, hz)), before, activate(builder, builder.add(xh, builder.multiply(r, hh))))];
    }
    if (!before) return [mix(builder, gate(builder, xz), before, activate(builder, xh))];
    const [hz, hr] = builder.split(recur.gates(before), { axis: 1, parts: 2 }) as [Tensor, Tensor];
    const r = gate(builder, builder.add(xr, hr));
    const candidate = activate(builder, builder.add(xh, recur.candidate(builder.multiply(r, before))));
    return [mix(builder, gate(builder, builder.add(xz, hz)), before, candidate)];
  };
}

/** The input's bias, and what a step takes of the state: `product` gives it for the whole kernel, or for a part of its gates. */
export function gruParts(
  builder: Builder,
  recurrentKernel: Tensor,
  bias: Tensor,
  resetAfter: boolean,
  product: (kernel: Tensor, firstGate: number) => Recur = (kernel) => (before) => builder.matMul(before, kernel),
): { readonly inputBias: Tensor; readonly recur: GruRecur } {
  if (resetAfter) {
    const [inputBias, recurrentBias] = builder.split(bias, { axis: 0, parts: 2 }) as [Tensor, Tensor];
    const whole = product(recurrentKernel, 0);
    return { inputBias, recur: { all: (before) => builder.add(whole(before), recurrentBias), bias: recurrentBias } };
  }
  const units = sizeAt(recurrentKernel.shape, 0);
  const gates = builder.slice(recurrentKernel, { begin: [0, 0], size: [units, 2 * units] });
  const candidate = builder.slice(recurrentKernel, { begin: [0, 2 * units], size: [units, units] });
  return { inputBias: bias, recur: { gates: product(gates, 0), candidate: product(candidate, 2) } };
}

export const gru = operationWithManyOutputs<RecurrentInputs, GruAttributes>({
  name: 'gru',
  summary: 'z, r = gates(xₜ, hₜ₋₁); hₜ = z · hₜ₋₁ + (1 - z) · activation(candidate(xₜ, r, hₜ₋₁))',
  defaults: { activation: 'tanh', recurrentActivation: 'sigmoid', resetAfter: true },
  infer(types, { activation, recurrentActivation, resetAfter }) {
    activationNamed(activation);
    activationNamed(recurrentActivation);
    const biasShape = (width: number) => (resetAfter ? [2, width] : [width]);
    return recurrentOutputs(recurrentSizes(types, { name: 'gru', gates: 3, states: 1, biasShape }), 1);
  },
  whole: true,
  gradient(context): Gradients {
    const { given, by } = passedOn(context);
    return context.builder.gruGradient(...given, { ...context.attributes, by });
  },
  expand(builder, [x, kernel, recurrentKernel, bias, ...initial], attributes): readonly Tensor[] {
    const { inputBias, recur } = gruParts(builder, recurrentKernel, bias, attributes.resetAfter);
    const functions = { activate: activationNamed(attributes.activation), gate: activationNamed(attributes.recurrentActivation) };
    return walkResult(builder, walked(projectedSteps(builder, x, kernel, inputBias), gruCell(builder, recur, functions), initial));
  },
  multiplyAdds: recurrentMultiplyAdds,
});
