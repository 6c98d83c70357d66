// An image cut into the places of non-overlapping pooling windows: one matrix for each place instead of the image itself. Pooling, its
// gradient and the convolution before it work on such matrices without ever moving single pixels.

import type { Shape } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';

export interface Tiling {
  /** [batch, rows, columns, channels] of the image; windows may leave rows and columns at its end out. */
  readonly full: Shape;
  /** How many windows there are along rows and columns. */
  readonly rows: number;
  readonly columns: number;
  /** Rows and columns of a window. */
  readonly size: readonly number[];
}

export interface Windows {
  readonly tiling: Tiling;
  /** A matrix [windows of all images, channels] for each place of the window, row by row. */
  readonly places: readonly string[];
  /** The order of a matrix' rows: all windows of an image together, or all images of a window together. */
  readonly order: Order;
}
export type Order = 'imagesFirst' | 'windowsFirst';

const [ROWS, COLUMNS] = [1, 2] as const;

const ones = (graph: GraphWriter, count: number): string => graph.integers(Array.from({ length: count }, () => 1));

/** The places of an image that stands as it is, images first. */
export function cut(graph: GraphWriter, { full, rows, columns, size: [height = 1, width = 1] }: Tiling, x: string): Windows['places'] {
  const [batch = 1, fullRows, fullColumns, channels = 1] = full;
  const whole = fullRows === rows * height && fullColumns === columns * width;
  const used = whole ? x : graph.node('Slice', [x, graph.integers([0, 0]), graph.integers([rows * height, columns * width]), graph.integers([ROWS, COLUMNS])]);
  const tiled = graph.node('Reshape', [used, graph.integers([batch * rows, height, columns, width, channels])]);
  const lines = height === 1 ? [tiled] : graph.nodes('Split', [tiled, ones(graph, height)], { axis: 1 }, height);
  const pieces = lines.flatMap((line) => (width === 1 ? [line] : graph.nodes('Split', [line, ones(graph, width)], { axis: 3 }, width)));
  return pieces.map((piece) => graph.node('Reshape', [piece, graph.integers([-1, channels])]));
}

/** The image again: zeros where no window reached. */
export function join(graph: GraphWriter, { tiling, places, order }: Windows): string {
  const { full, rows, columns, size } = tiling;
  const [batch = 1, fullRows = 1, fullColumns = 1, channels = 1] = full,
    [height = 1, width = 1] = size;
  const pieces = places.map((place) =>
    graph.node('Reshape', [imagesFirst(graph, place, order, tiling), graph.integers([batch * rows, 1, columns, 1, channels])]),
  );
  const lines = Array.from({ length: height }, (_, row) => graph.node('Concat', pieces.slice(row * width, (row + 1) * width), { axis: 3 }));
  const image = graph.node('Reshape', [graph.node('Concat', lines, { axis: 1 }), graph.integers([batch, rows * height, columns * width, channels])]);
  const rest = [fullRows - rows * height, fullColumns - columns * width];
  return rest.every((size) => size === 0) ? image : graph.node('Pad', [image, graph.integers([0, 0, 0, 0, 0, ...rest, 0])]);
}

const swapped = (graph: GraphWriter, matrix: string, first: number, second: number, channels: number): string => {
  const cube = graph.node('Reshape', [matrix, graph.integers([first, second, channels])]);
  return graph.node('Reshape', [graph.node('Transpose', [cube], { perm: [1, 0, 2] }), graph.integers([-1, channels])]);
};

/** A matrix with one row for each window, its rows put in the order of images. */
export function imagesFirst(graph: GraphWriter, matrix: string, order: Order, { full: [batch = 1, , , channels = 1], rows, columns }: Tiling): string {
  return order === 'imagesFirst' ? matrix : swapped(graph, matrix, rows * columns, batch, channels);
}

/** The other way: from the order of images to the given one. */
export function inOrder(graph: GraphWriter, matrix: string, order: Order, { full: [batch = 1, , , channels = 1], rows, columns }: Tiling): string {
  return order === 'imagesFirst' ? matrix : swapped(graph, matrix, batch, rows * columns, channels);
}
