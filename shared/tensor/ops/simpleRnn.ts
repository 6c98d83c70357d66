// A fully connected recurrent layer over all time steps; its state is zero at first. Outputs: the sequence, the last step.

import { operationWithManyOutputs } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { activationNamed, asSequence, projectedSteps, recurrentMultiplyAdds, recurrentOutputs, recurrentSizes } from './recurrent.ts';

export const simpleRnn = operationWithManyOutputs<[x: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor], { activation?: string }>({
  name: 'simpleRnn',
  summary: 'hₜ = activation(xₜ · kernel + hₜ₋₁ · recurrentKernel + bias)',
  defaults: { activation: 'tanh' },
  infer(types, { activation }) {
    activationNamed(activation);
    return recurrentOutputs(
      recurrentSizes(types, 1, (width) => [width], 'simpleRnn'),
      1,
    );
  },
  gradient: 'none',
  expand(builder, [x, kernel, recurrentKernel, bias], attributes): readonly Tensor[] {
    const activate = activationNamed(attributes.activation),
      hidden: Tensor[] = [];
    for (const step of projectedSteps(builder, x, kernel, bias)) {
      const before = hidden.at(-1);
      hidden.push(activate(builder, before ? builder.add(step, builder.matMul(before, recurrentKernel)) : step));
    }
    return [asSequence(builder, hidden), hidden.at(-1) as Tensor];
  },
  multiplyAdds: recurrentMultiplyAdds,
});
