// Convolutions with channels in blocks, as ONNX Runtime's own optimizer uses them where the kernel is a constant: there a block of channels
// fills one register, and a convolution is two to three times faster than its ordinary one. In training the kernel is no constant, so the
// optimizer leaves it alone; here its blocks are made in the graph. The operators are ONNX Runtime's, on CPUs with AVX2 or better: how many
// channels make a block is asked of it at the start (engines/onnxruntime), and files that leave the app never hold them.

import type { Tensor } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';
import type { LoweringInput } from '../lowering.ts';
import { blockedDomain } from './blocks.ts';
import { type Geometry, pairOf } from './geometry.ts';

/** Whether channels and filters fill whole blocks. */
export const fitsBlocks = (block: number, { group }: Geometry, kernel: Tensor): boolean =>
  block > 0 && group === 1 && (kernel.shape[2] as number) % block === 0 && (kernel.shape[3] as number) % block === 0;

/** A kernel [taps, from, to] as blocks: [to / block, from / block, taps, from in block, to in block]. */
function blocksOf(
  graph: GraphWriter,
  kernel: string,
  taps: number,
  from: number,
  to: number,
  block: number,
  perm: readonly number[],
  shape: readonly number[],
): string {
  const apart = graph.node('Reshape', [kernel, graph.integers([taps, from / block, block, to / block, block])]);
  return graph.node('Reshape', [graph.node('Transpose', [apart], { perm }), graph.integers(shape)]);
}

/** The convolution itself. */
export function convolveBlocked({ graph, values, output, bias, inputs }: LoweringInput, { strides, pads, dilations }: Geometry): void {
  const [x, kernel] = pairOf(inputs),
    [rows = 1, columns = 1, channels = 1, filters = 1] = kernel.shape,
    block = values.channelBlock;
  const weights = blocksOf(graph, values.get(kernel), rows * columns, channels, filters, block, [3, 1, 0, 2, 4], [filters, channels, rows, columns]);
  const names = [values.get(x, 'blocked'), weights, ...(bias ? [values.get(bias)] : [])];
  const blocked = graph.node('Conv', names, { strides, pads, dilations, group: 1, kernel_shape: [rows, columns] }, blockedDomain);
  values.set(output, blocked, 'blocked');
}

/** Whether the input gradient is a convolution of the output's gradient: steps of one, and padding that stays within the kernel. */
export const gradientConvolves = ({ strides, pads, dilations }: Geometry, kernel: Tensor): boolean =>
  strides.every((step) => step === 1) && pads.every((pad, i) => pad <= (dilations[i % 2] as number) * ((kernel.shape[i % 2] as number) - 1));

/** The input gradient: the output's gradient convolved with the kernel turned around, channels and filters swapped. */
export function inputGradientBlocked({ graph, values, output, inputs }: LoweringInput, { pads, dilations }: Geometry): void {
  const [kernel, g] = pairOf(inputs),
    [rows = 1, columns = 1, channels = 1, filters = 1] = kernel.shape,
    taps = rows * columns,
    block = values.channelBlock;
  const list = graph.node('Reshape', [values.get(kernel), graph.integers([taps, channels, filters])]);
  const backwards = graph.node('Gather', [list, graph.integers(Array.from({ length: taps }, (_, i) => taps - 1 - i))], { axis: 0 });
  const weights = blocksOf(graph, backwards, taps, channels, filters, block, [1, 3, 0, 4, 2], [channels, filters, rows, columns]);
  const outer = pads.map((pad, i) => (dilations[i % 2] as number) * ((kernel.shape[i % 2] as number) - 1) - pad);
  const blocked = graph.node(
    'Conv',
    [values.get(g, 'blocked'), weights],
    { strides: [1, 1], pads: outer, dilations, group: 1, kernel_shape: [rows, columns] },
    blockedDomain,
  );
  values.set(output, blocked, 'blocked');
}
