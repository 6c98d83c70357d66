// What lstmGradient and gruGradient share: the derivatives of a recurrent operation by its input, kernels and bias, in one piece, for engines with a
// kernel that walks back over all steps. Their definition is the derivative of what the operation expands to, so nothing can be at odds. No operation itself.

import { passedBack } from '../gradient.ts';
import { type Gradients, type Operation, operationWithManyOutputs, ShapeError } from '../operation.ts';
import { type Attributes, formatShape, sameShape, type Tensor, type TensorType } from '../types.ts';
import { requireType } from './shapes.ts';

export type RecurrentInputs = [x: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor];
type GradientInputs = [...RecurrentInputs, sequence: Tensor, ...gradients: Tensor[]];
/** Which output each gradient belongs to: 0 the sequence, then the last states. */
type By = { by: readonly number[] };
const outputsOf = ({ by }: By): readonly number[] => by;

function requireFit(name: string, gradient: TensorType | undefined, output: TensorType | undefined): void {
  if (!gradient || !output) throw new ShapeError(`${name} needs a gradient for each of the outputs named.`);
  requireType(gradient, ['float32'], name);
  if (!sameShape(gradient.shape, output.shape)) throw new ShapeError(`${name} expects ${formatShape(output.shape)}, but gets ${formatShape(gradient.shape)}.`);
}

/** The gradients that are there, and which outputs they belong to. */
export function givenBy(outputGradients: Gradients): { readonly given: readonly Tensor[]; readonly by: readonly number[] } {
  const known = outputGradients.flatMap((gradient, output) => (gradient ? [{ gradient, output }] : []));
  return { given: known.map(({ gradient }) => gradient), by: known.map(({ output }) => output) };
}

/** The derivatives of `forward` as an operation. */
export const gradientOf = <A extends Attributes>(name: string, forward: Operation<RecurrentInputs, A>) =>
  operationWithManyOutputs<GradientInputs, A & By>({
    name,
    summary: `Σ g · ∂${forward.name}/∂(x, kernel, recurrent kernel, bias)`,
    defaults: forward.defaults as Partial<A & By>,
    whole: true,
    infer([x, kernel, recurrentKernel, bias, sequence, ...given], attributes) {
      const outputs = forward.infer([x, kernel, recurrentKernel, bias], attributes);
      requireFit(name, sequence, outputs[0]);
      for (const [i, output] of outputsOf(attributes).entries()) requireFit(name, given[i], outputs[output]);
      return [x, kernel, recurrentKernel, bias];
    },
    // Nothing here needs it: no layer asks for second derivatives.
    gradient: 'none',
    expand(builder, [x, kernel, recurrentKernel, bias, , ...given], attributes): readonly Tensor[] {
      const weights: RecurrentInputs = [x, kernel, recurrentKernel, bias];
      const outputs = forward.expand?.(builder, weights, attributes) ?? [];
      const known = outputsOf(attributes).map((output, i) => [outputs[output] as Tensor, given[i] as Tensor] as const);
      return passedBack(builder, known, weights).map((gradient, i) => gradient ?? builder.constant(0, weights[i]?.shape));
    },
  });
