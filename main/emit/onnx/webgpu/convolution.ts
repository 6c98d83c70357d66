// Convolutions for the WebGPU provider: its own operators, which a GPU does best; what the CPU gains by gathered rows and blocks of channels is
// none here.

import type { Tensor } from '../../../../shared/tensor/types.ts';
import { convolvePlainly, uncovered } from '../lower/convolution.ts';
import { type Geometry, geometryOf, OIHW, pairOf } from '../lower/geometry.ts';
import type { Lowering, LoweringInput } from '../lowering.ts';

export const conv2d: Lowering = (input) => convolvePlainly(input, geometryOf(input));

/** The derivative by the input from channels `first`, `first + step`, … of the output's derivative. */
function transposed(input: LoweringInput, geometry: Geometry, kernel: Tensor, g: Tensor, first: number, step: number): string {
  const { graph, values } = input;
  const weights = values.once(`transposed/${kernel.id}`, () => graph.node('Transpose', [values.get(kernel)], { perm: OIHW }));
  const part = (name: string, axis: number) =>
    step === 1
      ? name
      : graph.node('Slice', [name, graph.integers([first]), graph.integers([g.shape[3] as number]), graph.integers([axis]), graph.integers([step])]);
  return graph.node('ConvTranspose', [part(values.get(g, 'channelsFirst'), 1), part(weights, 0)], {
    ...geometry,
    output_padding: uncovered(input, geometry),
    kernel_shape: kernel.shape.slice(0, 2),
  });
}

/**
 * The provider's transposed convolution is wrong where a group has several channels that go in and one that comes out (ONNX Runtime 1.30): such
 * groups, those of a depthwise convolution with a multiplier, are taken one channel each at a time, and added up.
 */
export const conv2dInputGradient: Lowering = (input) => {
  const geometry = geometryOf(input),
    [kernel, g] = pairOf(input.inputs);
  const steps = kernel.shape[2] === 1 && geometry.group > 1 ? (g.shape[3] as number) / geometry.group : 1;
  const parts = Array.from({ length: steps }, (_, i) => transposed(input, geometry, kernel, g, i, steps));
  const whole = parts.reduce((sum, part) => input.graph.node('Add', [sum, part]));
  input.values.set(input.output, whole, 'channelsFirst');
};
