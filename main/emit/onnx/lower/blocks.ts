// Values of four axes in blocks of channels: [images, channels / block, rows, columns, block] in memory, declared with channels first, as ONNX
// Runtime's blocked operators have it. Only moves between the orders; what is computed in blocks stands in blockedConvolution.ts and channels.ts.

import type { Shape } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';

/** The domain of ONNX Runtime's blocked operators. */
export const blockedDomain = 'com.microsoft.nchwc';

/** Whether a value's channels fill whole blocks. */
export const fillsBlocks = (block: number, shape: Shape): boolean => block > 0 && shape.length === 4 && (shape[3] as number) % block === 0;

const channelsFirst = ([images = 1, rows = 1, columns = 1, channels = 1]: Shape): number[] => [images, channels, rows, columns];

/** From channels last. One block of channels lies in memory as it is. */
export function toBlocks(graph: GraphWriter, x: string, shape: Shape, block: number): string {
  if (shape[3] === block) return graph.node('Reshape', [x, graph.integers(channelsFirst(shape))]);
  return graph.node('ReorderInput', [x], { channels_last: 1 }, blockedDomain);
}

/** To channels last. */
export function fromBlocks(graph: GraphWriter, x: string, shape: Shape, block: number): string {
  if (shape[3] === block) return graph.node('Reshape', [x, graph.integers(shape)]);
  return graph.node('ReorderOutput', [x], { channels: shape[3] as number, channels_last: 1 }, blockedDomain);
}

/** A number for each channel beside a value in blocks: repeated for every pixel of one image. */
export function planeOf(graph: GraphWriter, vector: string, [, rows = 1, columns = 1, channels = 1]: Shape, block: number): string {
  const apart = graph.node('Reshape', [vector, graph.integers([channels / block, 1, block])]);
  const repeated = graph.node('Expand', [apart, graph.integers([channels / block, rows * columns, block])]);
  return graph.node('Reshape', [repeated, graph.integers([channels, rows, columns])]);
}
