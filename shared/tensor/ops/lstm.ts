// Long short-term memory over all time steps; both states are zero at first. Gates lie in Keras' order: input, forget, cell, output.
// Outputs: the sequence of hidden values, the last hidden value, the last cell value.

import { operationWithManyOutputs } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { activationNamed, asSequence, projectedSteps, recurrentMultiplyAdds, recurrentOutputs, recurrentSizes } from './recurrent.ts';

type LstmAttributes = { activation?: string; recurrentActivation?: string };

export const lstm = operationWithManyOutputs<[x: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor], LstmAttributes>({
  name: 'lstm',
  summary: 'i, f, g, o = gates(xₜ, hₜ₋₁); cₜ = f · cₜ₋₁ + i · g; hₜ = o · activation(cₜ)',
  defaults: { activation: 'tanh', recurrentActivation: 'sigmoid' },
  infer(types, { activation, recurrentActivation }) {
    activationNamed(activation);
    activationNamed(recurrentActivation);
    return recurrentOutputs(
      recurrentSizes(types, 4, (width) => [width], 'lstm'),
      2,
    );
  },
  gradient: 'none',
  expand(builder, [x, kernel, recurrentKernel, bias], attributes): readonly Tensor[] {
    const activate = activationNamed(attributes.activation),
      gate = activationNamed(attributes.recurrentActivation);
    const hidden: Tensor[] = [];
    let cell: Tensor | undefined;
    for (const step of projectedSteps(builder, x, kernel, bias)) {
      const before = hidden.at(-1);
      const sums = before ? builder.add(step, builder.matMul(before, recurrentKernel)) : step;
      const [i, f, g, o] = builder.split(sums, { axis: 1, parts: 4 }) as [Tensor, Tensor, Tensor, Tensor];
      const written = builder.multiply(gate(builder, i), activate(builder, g));
      cell = cell ? builder.add(builder.multiply(gate(builder, f), cell), written) : written;
      hidden.push(builder.multiply(gate(builder, o), activate(builder, cell)));
    }
    return [asSequence(builder, hidden), hidden.at(-1) as Tensor, cell as Tensor];
  },
  multiplyAdds: recurrentMultiplyAdds,
});
