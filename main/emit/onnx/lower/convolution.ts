// Convolutions and their two gradients. Forward and input gradient use ONNX' own operators with channels first; the kernel gradient
// is matrix products over shifted slices with channels last, several times faster on a CPU than a convolution with batch and channels swapped.

import type { Tensor } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';
import { type Lowering, type LoweringInput, listOf, numberOf } from '../lowering.ts';

const OIHW = [3, 2, 0, 1];

interface Geometry {
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
  readonly group: number;
}

function geometryOf({ instruction: { attributes } }: LoweringInput): Geometry {
  const [top = 0, bottom = 0, left = 0, right = 0] = listOf(attributes, 'padding');
  return {
    strides: listOf(attributes, 'strides'),
    pads: [top, left, bottom, right],
    dilations: listOf(attributes, 'dilations'),
    group: numberOf(attributes, 'groups'),
  };
}
const pairOf = (inputs: readonly Tensor[]): readonly [Tensor, Tensor] => {
  const [a, b] = inputs;
  if (!a || !b) throw new Error('a convolution has two inputs');
  return [a, b];
};

const conv2d: Lowering = (input) => {
  const { graph, values, output, bias } = input;
  const [x, kernel] = pairOf(input.inputs);
  const { strides, pads, dilations, group } = geometryOf(input);
  const names = [values.get(x, 'channelsFirst'), graph.node('Transpose', [values.get(kernel)], { perm: OIHW }), ...(bias ? [values.get(bias)] : [])];
  values.set(output, graph.node('Conv', names, { strides, pads, dilations, group, kernel_shape: kernel.shape.slice(0, 2) }), 'channelsFirst');
};

const conv2dInputGradient: Lowering = (input) => {
  const { graph, values, output } = input;
  const [kernel, g] = pairOf(input.inputs);
  const { strides, pads, dilations, group } = geometryOf(input);
  // What the strides left over at the end: rows that no window reached.
  const rest = [0, 1].map((axis) => {
    const covered = ((g.shape[axis + 1] as number) - 1) * (strides[axis] as number) + ((kernel.shape[axis] as number) - 1) * (dilations[axis] as number) + 1;
    return (output.shape[axis + 1] as number) + (pads[axis] as number) + (pads[axis + 2] as number) - covered;
  });
  const weights = graph.node('Transpose', [values.get(kernel)], { perm: OIHW });
  const attributes = { strides, pads, dilations, group, output_padding: rest, kernel_shape: kernel.shape.slice(0, 2) };
  values.set(output, graph.node('ConvTranspose', [values.get(g, 'channelsFirst'), weights], attributes), 'channelsFirst');
};

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
  if (group === 1) return graph.node('Gemm', [flat, g], { transA: 1 });
  const multiplier = filters / group;
  if (channels === group) {
    // Depthwise: no sum over channels, so an element-wise product summed over the places.
    const a = graph.node('Reshape', [flat, graph.integers([-1, group, 1])]),
      b = graph.node('Reshape', [g, graph.integers([-1, group, multiplier])]);
    return graph.node('ReduceSum', [graph.node('Reshape', [graph.node('Mul', [a, b]), graph.integers([-1, 1, filters])]), graph.integers([0])], {
      keepdims: 0,
    });
  }
  const parts = graph.nodes('Split', [flat], { axis: 1, num_outputs: group }, group),
    gradients = graph.nodes('Split', [g], { axis: 1, num_outputs: group }, group);
  return graph.node(
    'Concat',
    parts.map((part, i) => graph.node('Gemm', [part, gradients[i] as string], { transA: 1 })),
    { axis: 1 },
  );
}

const conv2dKernelGradient: Lowering = (input) => {
  const { graph, values, output } = input;
  const [x, g] = pairOf(input.inputs);
  const geometry = geometryOf(input);
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
    : graph.node(
        'Concat',
        places.map((slice) => productsOf(graph, slice, flatGradient, channels, filters, geometry.group)),
        { axis: 0 },
      );
  values.set(output, graph.node('Reshape', [products, graph.integers([rows, columns, depth, filters])]));
};
/** Up to so many channels one product over all places of the kernel beats one product for each. */
const FEW_CHANNELS = 8;

export const convolutionLowerings = { conv2d, conv2dInputGradient, conv2dKernelGradient } satisfies Record<string, Lowering>;
