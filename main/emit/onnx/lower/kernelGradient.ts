// The kernel gradient of a convolution, one place of the kernel after another: the part of the image that met it, times the output's
// gradient. Several times faster on a CPU than a convolution with batch and channels swapped.

import type { GraphWriter } from '../graphWriter.ts';
import type { Lowering } from '../lowering.ts';
import { gradientFitsBlocks, kernelGradientBlocked } from './blockedKernelGradient.ts';
import { type Geometry, geometryOf, pairOf } from './geometry.ts';
import { FEW_CHANNELS } from './patches.ts';
import { kernelGradientByPatches } from './patchConvolution.ts';

interface Shifted {
  readonly graph: GraphWriter;
  readonly x: string;
  readonly rows: number;
  readonly columns: number;
  readonly geometry: Geometry;
}

/** The part of the padded input that meets one place of the kernel, one row per place of the output. */
function shiftedSlice({ graph, x, rows, columns, geometry: { strides, dilations } }: Shifted, row: number, column: number): string {
  const [sy = 1, sx = 1] = strides,
    [dy = 1, dx = 1] = dilations;
  const start = [row * dy, column * dx],
    end = [row * dy + (rows - 1) * sy + 1, column * dx + (columns - 1) * sx + 1];
  return graph.node('Slice', [x, graph.integers(start), graph.integers(end), graph.integers([1, 2]), graph.integers([sy, sx])]);
}

/** Σ over all places of sliceᵀ · g, for one place of the kernel: [depth, filters]. */
function productsOf(graph: GraphWriter, slice: string, g: string, channels: number, filters: number, group: number): string {
  const flat = graph.node('Reshape', [slice, graph.integers([-1, channels])]);
  const multiplier = filters / group;
  if (channels === group) {
    // Depthwise: no sum over channels, so an element-wise product summed over the places.
    const a = graph.node('Reshape', [flat, graph.integers([-1, group, 1])]),
      b = graph.node('Reshape', [g, graph.integers([-1, group, multiplier])]);
    return graph.node('ReduceSum', [graph.node('Reshape', [graph.node('Mul', [a, b]), graph.integers([-1, 1, filters])]), graph.integers([0])], {
      keepdims: 0,
    });
  }
  const equal = (size: number) => graph.integers(Array.from({ length: group }, () => size / group));
  const parts = graph.nodes('Split', [flat, equal(channels)], { axis: 1 }, group),
    gradients = graph.nodes('Split', [g, equal(filters)], { axis: 1 }, group);
  return graph.node(
    'Concat',
    parts.map((part, i) => graph.node('Gemm', [part, gradients[i] as string], { transA: 1 })),
    { axis: 1 },
  );
}

/** Without groups: a product for each image, which both cores share, then their sum. The gradient stands channels first, so no factor is turned. */
function byImages(
  graph: GraphWriter,
  slices: readonly string[],
  g: string,
  [batch = 1, rows = 1, columns = 1, filters = 1]: readonly number[],
  channels: number,
): string {
  const gradient = graph.node('Reshape', [g, graph.integers([batch, filters, rows * columns])]);
  const products = slices.map((slice) => {
    const pixels = graph.node('Reshape', [slice, graph.integers([batch, rows * columns, channels])]);
    return graph.node('ReduceSum', [graph.node('MatMul', [gradient, pixels]), graph.integers([0])], { keepdims: 1 });
  });
  return graph.node('Transpose', [graph.node('Concat', products, { axis: 0 })], { perm: [0, 2, 1] });
}

export const conv2dKernelGradient: Lowering = (input) => {
  const { graph, values, output } = input;
  const [x, g] = pairOf(input.inputs);
  const geometry = geometryOf(input);
  const gathered = kernelGradientByPatches(input, geometry);
  if (gathered) return values.set(output, graph.node('Reshape', [gathered, graph.integers(output.shape)]));
  if (gradientFitsBlocks(values.channelBlock, geometry, g.shape, output.shape)) return kernelGradientBlocked(input, geometry);
  const [top = 0, left = 0, bottom = 0, right = 0] = geometry.pads;
  const padded = geometry.pads.every((pad) => pad === 0)
    ? values.get(x)
    : graph.node('Pad', [values.get(x), graph.integers([0, top, left, 0, 0, bottom, right, 0])]);
  const [rows, columns, depth, filters] = output.shape as readonly [number, number, number, number];
  const channels = x.shape[3] as number;
  const shifted = { graph, x: padded, rows: g.shape[1] as number, columns: g.shape[2] as number, geometry };
  const places = Array.from({ length: rows * columns }, (_, i) => shiftedSlice(shifted, Math.floor(i / columns), i % columns));
  const flatGradient = graph.node('Reshape', [values.get(g), graph.integers([-1, filters])]);
  const whole = geometry.group === 1 && channels <= FEW_CHANNELS;
  const products = whole
    ? graph.node('Gemm', [graph.node('Reshape', [graph.node('Concat', places, { axis: 3 }), graph.integers([-1, rows * columns * channels])]), flatGradient], {
        transA: 1,
      })
    : geometry.group === 1
      ? byImages(graph, places, values.get(g, 'channelsFirst'), g.shape, channels)
      : graph.node(
          'Concat',
          places.map((slice) => productsOf(graph, slice, flatGradient, channels, filters, geometry.group)),
          { axis: 0 },
        );
  values.set(output, graph.node('Reshape', [products, graph.integers([rows, columns, depth, filters])]));
};
