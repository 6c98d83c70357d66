// What lstmGradient and gruGradient share: the derivatives of a recurrent operation by its input, kernels, bias and initial states, in one piece, for engines with a
// kernel that walks back over all steps. Their definition is the derivative of what the operation expands to, so nothing can be at odds. No operation itself.

import { passedBack } from '../gradient.ts';
import { type Each, type GradientContext, type Operation, operationWithManyOutputs, ShapeError } from '../operation.ts';
import { type Attributes, formatShape, sameShape, type Tensor, type TensorType } from '../types.ts';
import type { RecurrentInputs } from './recurrent.ts';
import { requireType } from './shapes.ts';

type GradientInputs = [x: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor, sequence: Tensor, ...initialAndGradients: Tensor[]];
/** Which output each gradient belongs to: 0 the sequence, then the last states. The gradients stand last; what is before them are initial states. */
type By = { by: readonly number[] };
const outputsOf = ({ by }: By): readonly number[] => by;

/** What stands behind the sequence: the initial states the operation was given, and the gradients. */
export function startAndGiven<T>(rest: readonly T[], by: readonly number[]): { readonly initial: readonly T[]; readonly given: readonly T[] } {
  const states = rest.length - by.length;
  return { initial: rest.slice(0, states), given: rest.slice(states) };
}

function requireFit(name: string, gradient: TensorType | undefined, output: TensorType | undefined): void {
  if (!gradient || !output) throw new ShapeError(`${name} needs a gradient for each of the outputs named.`);
  requireType(gradient, ['float32'], name);
  if (!sameShape(gradient.shape, output.shape)) throw new ShapeError(`${name} expects ${formatShape(output.shape)}, but gets ${formatShape(gradient.shape)}.`);
}

/** The inputs of the operation for the derivatives, and which outputs the gradients at their end belong to. */
export function passedOn({ inputs, outputs, outputGradients }: GradientContext<RecurrentInputs>): {
  readonly given: GradientInputs;
  readonly by: readonly number[];
} {
  const [x, kernel, recurrentKernel, bias, ...initial] = inputs;
  const known = outputGradients.flatMap((gradient, output) => (gradient ? [{ gradient, output }] : []));
  const given: GradientInputs = [x, kernel, recurrentKernel, bias, outputs[0] as Tensor, ...initial, ...known.map(({ gradient }) => gradient)];
  return { given, by: known.map(({ output }) => output) };
}

/** The derivatives of `forward` as an operation. */
export const gradientOf = <A extends Attributes>(name: string, forward: Operation<RecurrentInputs, A>) =>
  operationWithManyOutputs<GradientInputs, A & By>({
    name,
    summary: `Σ g · ∂${forward.name}/∂(x, kernel, recurrent kernel, bias, initial states)`,
    defaults: forward.defaults as Partial<A & By>,
    whole: true,
    infer([x, kernel, recurrentKernel, bias, sequence, ...rest], attributes) {
      const { initial, given } = startAndGiven(rest, outputsOf(attributes));
      const inputs: Each<RecurrentInputs, TensorType> = [x, kernel, recurrentKernel, bias, ...initial];
      const outputs = forward.infer(inputs, attributes);
      requireFit(name, sequence, outputs[0]);
      for (const [i, output] of outputsOf(attributes).entries()) requireFit(name, given[i], outputs[output]);
      return inputs;
    },
    // Nothing here needs it: no layer asks for second derivatives.
    gradient: 'none',
    expand(builder, [x, kernel, recurrentKernel, bias, , ...rest], attributes): readonly Tensor[] {
      const { initial, given } = startAndGiven(rest, outputsOf(attributes));
      const inputs: RecurrentInputs = [x, kernel, recurrentKernel, bias, ...initial];
      const written = builder.instructions.length;
      const outputs = forward.expand?.(builder, inputs, attributes) ?? [];
      const known = outputsOf(attributes).map((output, i) => [outputs[output] as Tensor, given[i] as Tensor] as const);
      return passedBack(builder, known, inputs, written).map((gradient, i) => gradient ?? builder.constant(0, inputs[i]?.shape));
    },
  });
