// Convolutions and their gradients: chooses how each is computed. By gathered rows where pooling follows, in blocks of channels where ONNX
// Runtime has them, by gathered rows for small images else, by ONNX' own operators with channels first for the rest.

import { sizeOf } from '../../../../shared/tensor/types.ts';
import { type Lowering, type LoweringInput, listOf } from '../lowering.ts';
import { convolveBlocked, fitsBlocks, gradientConvolves, inputGradientBlocked } from './blockedConvolution.ts';
import { type Geometry, geometryOf, OIHW, pairOf, patchBytes } from './geometry.ts';
import { conv2dKernelGradient } from './kernelGradient.ts';
import { FEW_CHANNELS, MOST_PATCH_BYTES } from './patches.ts';
import { convolveByPatches, inputGradientByPatches, orderFor, poolingTiling } from './patchConvolution.ts';

/** ONNX' own convolution, channels first. */
export function convolvePlainly({ graph, values, inputs, output, bias }: LoweringInput, { strides, pads, dilations, group }: Geometry): void {
  const [x, kernel] = pairOf(inputs);
  const names = [values.get(x, 'channelsFirst'), graph.node('Transpose', [values.get(kernel)], { perm: OIHW }), ...(bias ? [values.get(bias)] : [])];
  values.set(output, graph.node('Conv', names, { strides, pads, dilations, group, kernel_shape: kernel.shape.slice(0, 2) }), 'channelsFirst');
}

const conv2d: Lowering = (input) => {
  const geometry = geometryOf(input),
    [x, kernel] = pairOf(input.inputs),
    tiling = poolingTiling(input);
  const order = orderFor(geometry, x, kernel, input.output, tiling);
  if (order && tiling) return convolveByPatches(input, geometry, tiling, order);
  if (fitsBlocks(input.values.channelBlock, geometry, kernel)) return convolveBlocked(input, geometry);
  if (order) return convolveByPatches(input, geometry, tiling, order);
  return convolvePlainly(input, geometry);
};

/** What the strides left over at the end: rows that no window reached. */
export const uncovered = ({ inputs, output }: LoweringInput, { strides, pads, dilations }: Geometry): number[] =>
  [0, 1].map((axis) => {
    const [kernel, g] = pairOf(inputs);
    const covered = ((g.shape[axis + 1] as number) - 1) * (strides[axis] as number) + ((kernel.shape[axis] as number) - 1) * (dilations[axis] as number) + 1;
    return (output.shape[axis + 1] as number) + (pads[axis] as number) + (pads[axis + 2] as number) - covered;
  });

function inputGradientPlainly(input: LoweringInput, geometry: Geometry): void {
  const { graph, values, output } = input,
    [kernel, g] = pairOf(input.inputs);
  const weights = graph.node('Transpose', [values.get(kernel)], { perm: OIHW });
  const attributes = { ...geometry, output_padding: uncovered(input, geometry), kernel_shape: kernel.shape.slice(0, 2) };
  values.set(output, graph.node('ConvTranspose', [values.get(g, 'channelsFirst'), weights], attributes), 'channelsFirst');
}

const conv2dInputGradient: Lowering = (input) => {
  const geometry = geometryOf(input),
    [kernel, g] = pairOf(input.inputs),
    filters = g.shape[3] as number;
  if (fitsBlocks(input.values.channelBlock, geometry, kernel) && gradientConvolves(geometry, kernel)) return inputGradientBlocked(input, geometry);
  const small = filters > FEW_CHANNELS && patchBytes(filters, kernel.shape, input.output.shape) <= MOST_PATCH_BYTES;
  if (small && geometry.group === 1 && sizeOf(listOf(input.instruction.attributes, 'strides')) === 1) return inputGradientByPatches(input, geometry);
  return inputGradientPlainly(input, geometry);
};

export const convolutionLowerings = { conv2d, conv2dInputGradient, conv2dKernelGradient } satisfies Record<string, Lowering>;
