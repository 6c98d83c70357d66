// Pooling and its gradients. Where a border of our own is around the input, a maximum never takes it and a mean does not count it.

import type { Shape } from '../../../../shared/tensor/types.ts';
import { at, type Lowering, type LoweringInput, listOf } from '../lowering.ts';
import { allAxes, type Padded, paddingOf, withBorders, withoutBorders } from './windows.ts';

function planOf({ attributes }: LoweringInput, shape: Shape): { readonly padded: Padded; readonly settings: Parameters<LoweringInput['graph']['float']>[2] } {
  const [size, strides] = [listOf(attributes, 'size'), listOf(attributes, 'strides')];
  const padded = paddingOf(shape, size, strides, listOf(attributes, 'padding'));
  return { padded, settings: { ksize: allAxes(size), strides: allAxes(strides), padding: { text: padded.padding } } };
}

const maxPool2d: Lowering = (input) => {
  const { graph, inputs, nodes } = input;
  const { padded, settings } = planOf(input, at(inputs, 0).shape);
  return graph.float('MaxPool', [withBorders(graph, at(nodes, 0), padded, Number.NEGATIVE_INFINITY)], settings);
};

const maxPool2dGradient: Lowering = (input) => {
  const { graph, inputs, nodes } = input;
  const { shape } = at(inputs, 0),
    { padded, settings } = planOf(input, shape);
  const x = withBorders(graph, at(nodes, 0), padded, Number.NEGATIVE_INFINITY);
  return withoutBorders(graph, graph.float('MaxPoolGrad', [x, at(nodes, 1), at(nodes, 2)], settings), padded, shape);
};

/** How many places inside the image each window covers, against how many it has: [1, rows, columns, 1]. */
function shares({ graph, attributes }: LoweringInput, full: Shape, pooled: Shape): string {
  const [size, strides, padding] = [listOf(attributes, 'size'), listOf(attributes, 'strides'), listOf(attributes, 'padding')];
  const along = (axis: number) =>
    Array.from({ length: at(pooled, axis + 1) }, (_, i) => {
      const start = i * at(strides, axis) - at(padding, 2 * axis);
      return at(size, axis) / (Math.min(start + at(size, axis), at(full, axis + 1)) - Math.max(start, 0));
    });
  const values = along(0).flatMap((height) => along(1).map((width) => height * width));
  return graph.constant('float32', [1, at(pooled, 1), at(pooled, 2), 1], values);
}

const averagePool2d: Lowering = (input) => {
  const { graph, inputs, nodes, output } = input;
  const { shape } = at(inputs, 0),
    { padded, settings } = planOf(input, shape);
  const mean = graph.float('AvgPool', [withBorders(graph, at(nodes, 0), padded)], settings);
  return padded.borders ? graph.float('Mul', [mean, shares(input, shape, output.shape)]) : mean;
};

const averagePool2dGradient: Lowering = (input) => {
  const { graph, inputs, nodes, output } = input;
  const { padded, settings } = planOf(input, output.shape);
  const g = padded.borders ? graph.float('Mul', [at(nodes, 0), shares(input, output.shape, at(inputs, 0).shape)]) : at(nodes, 0);
  return withoutBorders(graph, graph.float('AvgPoolGrad', [graph.integers(padded.shape), g], settings), padded, output.shape);
};

export const poolingLowerings = { maxPool2d, maxPool2dGradient, averagePool2d, averagePool2dGradient } satisfies Record<string, Lowering>;
