// The derivatives of lstm by its input, kernels and bias, in one piece, for engines with a kernel that walks back over all steps.
// Its definition is the derivative of what lstm expands to, so nothing can be at odds.

import { passedBack } from '../gradient.ts';
import { operationWithManyOutputs, ShapeError } from '../operation.ts';
import { formatShape, sameShape, type Tensor, type TensorType } from '../types.ts';
import { type LstmAttributes, lstm } from './lstm.ts';
import { requireType } from './shapes.ts';

type Weights = [x: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor];
/** Which output each gradient belongs to: 0 the sequence, 1 the last hidden value, 2 the last of the cell. */
type LstmGradientAttributes = LstmAttributes & { by: readonly number[] };

function requireFit(gradient: TensorType | undefined, output: TensorType | undefined): void {
  if (!gradient || !output) throw new ShapeError('lstmGradient needs a gradient for each of the outputs named.');
  requireType(gradient, ['float32'], 'lstmGradient');
  if (!sameShape(gradient.shape, output.shape))
    throw new ShapeError(`lstmGradient expects ${formatShape(output.shape)}, but gets ${formatShape(gradient.shape)}.`);
}

export const lstmGradient = operationWithManyOutputs<[...Weights, sequence: Tensor, ...gradients: Tensor[]], LstmGradientAttributes>({
  name: 'lstmGradient',
  summary: 'Σ g · ∂lstm/∂(x, kernel, recurrent kernel, bias)',
  defaults: { activation: 'tanh', recurrentActivation: 'sigmoid' },
  whole: true,
  infer([x, kernel, recurrentKernel, bias, sequence, ...given], { by, ...attributes }) {
    const outputs = lstm.infer([x, kernel, recurrentKernel, bias], attributes);
    requireFit(sequence, outputs[0]);
    for (const [i, output] of by.entries()) requireFit(given[i], outputs[output]);
    return [x, kernel, recurrentKernel, bias];
  },
  // Nothing here needs it: no layer asks for second derivatives.
  gradient: 'none',
  expand(builder, [x, kernel, recurrentKernel, bias, , ...given], { by, ...attributes }): readonly Tensor[] {
    const weights: Weights = [x, kernel, recurrentKernel, bias];
    const outputs = lstm.expand?.(builder, weights, attributes) ?? [];
    const known = by.map((output, i) => [outputs[output] as Tensor, given[i] as Tensor] as const);
    return passedBack(builder, known, weights).map((gradient, i) => gradient ?? builder.constant(0, weights[i]?.shape));
  },
});
