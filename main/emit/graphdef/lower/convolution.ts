// Convolution and its two gradients. TensorFlow's kernels on the CPU know neither groups nor, backwards, dilation: groups are done one by one
// (all at once where each has one channel: depthwise), and a dilated kernel is written out with its zeros for the gradients.

import type { Shape } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';
import { at, type Lowering, type LoweringInput, listOf, numberOf } from '../lowering.ts';
import { allAxes, type Padded, paddingOf, withBorders, withoutBorders } from './windows.ts';

/** One group: how TensorFlow's kernel is called, and on which sizes. */
interface Plan {
  readonly graph: GraphWriter;
  readonly padded: Padded;
  readonly depthwise: boolean;
  readonly groups: number;
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** The kernel as the program has it, and with the zeros of its dilation. */
  readonly kernel: Shape;
  readonly dilated: Shape;
  /** The input without its border. */
  readonly input: Shape;
}

const index = { type: 'int32' } as const;
const isOne = (value: number): boolean => value === 1;

function planOf({ graph, attributes }: LoweringInput, input: Shape, kernel: Shape): Plan {
  const [strides, dilations, groups] = [listOf(attributes, 'strides'), listOf(attributes, 'dilations'), numberOf(attributes, 'groups')];
  const window = dilations.map((gap, axis) => (at(kernel, axis) - 1) * gap + 1);
  const depthwise = groups > 1 && groups === at(input, 3) && strides[0] === strides[1];
  return {
    graph,
    padded: paddingOf(input, window, strides, listOf(attributes, 'padding')),
    depthwise,
    groups,
    strides,
    dilations,
    kernel,
    dilated: [...window, ...kernel.slice(2)],
    input,
  };
}

const settings = ({ strides, padded }: Plan) => ({ strides: allAxes(strides), padding: { text: padded.padding } });
const reshape = (graph: GraphWriter, x: string, shape: Shape): string => graph.float('Reshape', [x, graph.integers(shape)], { Tshape: index });

/** The kernel with zeros between its elements. */
function dilate({ graph, kernel, dilations, dilated }: Plan, k: string): string {
  if (dilations.every(isOne)) return k;
  const [rows, columns, depth, filters] = kernel as [number, number, number, number];
  const apart = reshape(graph, k, [rows, 1, columns, 1, depth, filters]);
  const gaps = [
    [0, 0],
    [0, at(dilations, 0) - 1],
    [0, 0],
    [0, at(dilations, 1) - 1],
    [0, 0],
    [0, 0],
  ] as const;
  const wide = graph.float('Pad', [apart, graph.pairs(gaps)], { Tpaddings: index });
  const joined = reshape(graph, wide, [rows * at(dilations, 0), columns * at(dilations, 1), depth, filters]);
  return graph.float('Slice', [joined, graph.integers([0, 0, 0, 0]), graph.integers(dilated)], { Index: index });
}

/** The elements of a dilated kernel that are no zeros. */
function undilate({ graph, dilated, dilations }: Plan, k: string): string {
  if (dilations.every(isOne)) return k;
  const masks = Object.fromEntries(['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'].map((name) => [name, { int: 0 }]));
  return graph.float('StridedSlice', [k, graph.integers([0, 0, 0, 0]), graph.integers(dilated), graph.integers([...dilations, 1, 1])], {
    Index: index,
    ...masks,
  });
}

/** Does a product group by group: `axes` says along which axis each of its two operands, and the result, are cut. */
function byGroups(
  { graph, groups }: Plan,
  operands: readonly [string, string],
  axes: readonly [number, number, number],
  one: (a: string, b: string) => string,
): string {
  if (groups === 1) return one(...operands);
  const parts = operands.map((operand, i) => {
    const split = graph.float('Split', [graph.scalar(at(axes, i), 'int32'), operand], { num_split: { int: groups } });
    return Array.from({ length: groups }, (_, group) => (group === 0 ? split : `${split}:${group}`));
  });
  const results = Array.from({ length: groups }, (_, group) => one(at(at(parts, 0), group), at(at(parts, 1), group)));
  return graph.float('ConcatV2', [...results, graph.scalar(axes[2], 'int32')], { N: { int: groups }, Tidx: index });
}

/** Kernels of one channel each as TensorFlow's depthwise convolution has them: [rows, columns, channels, filters of each]. */
const depthwiseShape = ({ groups }: Plan, [rows = 1, columns = 1, , filters = 1]: Shape): Shape => [rows, columns, groups, filters / groups];
const groupOf = ({ groups }: Plan, shape: Shape): Shape => shape.map((size, axis) => (axis === 3 ? size / groups : size));

const conv2d: Lowering = (input) => {
  const { graph, inputs, nodes } = input;
  const plan = planOf(input, at(inputs, 0).shape, at(inputs, 1).shape);
  const x = withBorders(graph, at(nodes, 0), plan.padded);
  if (plan.depthwise) {
    const kernel = reshape(graph, dilate(plan, at(nodes, 1)), depthwiseShape(plan, plan.dilated));
    return graph.float('DepthwiseConv2dNative', [x, kernel], settings(plan));
  }
  return byGroups(plan, [x, at(nodes, 1)], [3, 3, 3], (a, k) => graph.float('Conv2D', [a, k], { ...settings(plan), dilations: allAxes(plan.dilations) }));
};

const conv2dInputGradient: Lowering = (input) => {
  const { graph, inputs, nodes, output } = input;
  const plan = planOf(input, output.shape, at(inputs, 0).shape);
  const kernel = dilate(plan, at(nodes, 0)),
    g = at(nodes, 1);
  const whole = plan.depthwise
    ? graph.float(
        'DepthwiseConv2dNativeBackpropInput',
        [graph.integers(plan.padded.shape), reshape(graph, kernel, depthwiseShape(plan, plan.dilated)), g],
        settings(plan),
      )
    : byGroups(plan, [kernel, g], [3, 3, 3], (k, own) =>
        graph.float('Conv2DBackpropInput', [graph.integers(groupOf(plan, plan.padded.shape)), k, own], settings(plan)),
      );
  return withoutBorders(graph, whole, plan.padded, plan.input);
};

const conv2dKernelGradient: Lowering = (input) => {
  const { graph, inputs, nodes, output } = input;
  const plan = planOf(input, at(inputs, 0).shape, output.shape);
  const x = withBorders(graph, at(nodes, 0), plan.padded),
    g = at(nodes, 1);
  if (plan.depthwise) {
    const sizes = graph.integers(depthwiseShape(plan, plan.dilated));
    return undilate(plan, reshape(graph, graph.float('DepthwiseConv2dNativeBackpropFilter', [x, sizes, g], settings(plan)), plan.dilated));
  }
  const sizes = graph.integers(groupOf(plan, plan.dilated));
  return undilate(
    plan,
    byGroups(plan, [x, g], [3, 3, 3], (a, own) => graph.float('Conv2DBackpropFilter', [a, sizes, own], settings(plan))),
  );
};

export const convolutionLowerings = { conv2d, conv2dInputGradient, conv2dKernelGradient } satisfies Record<string, Lowering>;
