// Gated recurrent unit over all time steps; its state is zero at first. Gates lie in Keras' order: update z, reset r, candidate h.
// With `resetAfter` (Keras' default) the reset gate acts on the product with the recurrent kernel, which then has a bias of its own: bias [2, 3 · units];
// without, it acts on the state before the product: bias [3 · units]. Outputs: the sequence, the last step.

import type { Builder } from '../builder.ts';
import { operationWithManyOutputs } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { activationNamed, asSequence, projectedSteps, recurrentMultiplyAdds, recurrentOutputs, recurrentSizes } from './recurrent.ts';
import { sizeAt } from './shapes.ts';

type GruAttributes = { activation?: string; recurrentActivation?: string; resetAfter?: boolean };
type Activation = (builder: Builder, x: Tensor) => Tensor;
/** The hidden value of the next step from the projected input and the state; no state: zero. */
type Cell = (step: Tensor, before: Tensor | undefined) => Tensor;

const three = (builder: Builder, x: Tensor) => builder.split(x, { axis: -1, parts: 3 }) as [Tensor, Tensor, Tensor];

/** z · before + (1 - z) · candidate. */
function mix(builder: Builder, z: Tensor, before: Tensor | undefined, candidate: Tensor): Tensor {
  return before
    ? builder.add(candidate, builder.multiply(z, builder.subtract(before, candidate)))
    : builder.subtract(candidate, builder.multiply(z, candidate));
}

function cellWithResetAfter(builder: Builder, recurrentKernel: Tensor, recurrentBias: Tensor, activate: Activation, gate: Activation): Cell {
  return (step, before) => {
    const recurrent = before ? builder.add(builder.matMul(before, recurrentKernel), recurrentBias) : recurrentBias;
    const [xz, xr, xh] = three(builder, step),
      [hz, hr, hh] = three(builder, recurrent);
    const z = gate(builder, builder.add(xz, hz)),
      r = gate(builder, builder.add(xr, hr));
    return mix(builder, z, before, activate(builder, builder.add(xh, builder.multiply(r, hh))));
  };
}

function cellWithResetBefore(builder: Builder, recurrentKernel: Tensor, activate: Activation, gate: Activation): Cell {
  const units = sizeAt(recurrentKernel.shape, 0);
  const gates = builder.slice(recurrentKernel, { begin: [0, 0], size: [units, 2 * units] });
  const candidates = builder.slice(recurrentKernel, { begin: [0, 2 * units], size: [units, units] });
  return (step, before) => {
    const [xz, xr, xh] = three(builder, step);
    if (!before) return mix(builder, gate(builder, xz), before, activate(builder, xh));
    const [hz, hr] = builder.split(builder.matMul(before, gates), { axis: 1, parts: 2 }) as [Tensor, Tensor];
    const z = gate(builder, builder.add(xz, hz)),
      r = gate(builder, builder.add(xr, hr));
    return mix(builder, z, before, activate(builder, builder.add(xh, builder.matMul(builder.multiply(r, before), candidates))));
  };
}

/** The input's bias, and the cell with what it needs of the other weights. */
function cellOf(
  builder: Builder,
  recurrentKernel: Tensor,
  bias: Tensor,
  { activation, recurrentActivation, resetAfter }: Required<GruAttributes>,
): { inputBias: Tensor; cell: Cell } {
  const activate = activationNamed(activation),
    gate = activationNamed(recurrentActivation);
  if (!resetAfter) return { inputBias: bias, cell: cellWithResetBefore(builder, recurrentKernel, activate, gate) };
  const [inputBias, recurrentBias] = builder.split(bias, { axis: 0, parts: 2 }) as [Tensor, Tensor];
  return { inputBias, cell: cellWithResetAfter(builder, recurrentKernel, recurrentBias, activate, gate) };
}

export const gru = operationWithManyOutputs<[x: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor], GruAttributes>({
  name: 'gru',
  summary: 'z, r = gates(xₜ, hₜ₋₁); hₜ = z · hₜ₋₁ + (1 - z) · activation(candidate(xₜ, r, hₜ₋₁))',
  defaults: { activation: 'tanh', recurrentActivation: 'sigmoid', resetAfter: true },
  infer(types, { activation, recurrentActivation, resetAfter }) {
    activationNamed(activation);
    activationNamed(recurrentActivation);
    return recurrentOutputs(
      recurrentSizes(types, 3, (width) => (resetAfter ? [2, width] : [width]), 'gru'),
      1,
    );
  },
  gradient: 'none',
  expand(builder, [x, kernel, recurrentKernel, bias], attributes): readonly Tensor[] {
    const { inputBias, cell } = cellOf(builder, recurrentKernel, bias, attributes);
    const hidden: Tensor[] = [];
    for (const step of projectedSteps(builder, x, kernel, inputBias)) hidden.push(cell(step, hidden.at(-1)));
    return [asSequence(builder, hidden), hidden.at(-1) as Tensor];
  },
  multiplyAdds: recurrentMultiplyAdds,
});
