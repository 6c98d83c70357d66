// Weights in short: against numbers worked out by hand, and each kernel's pictures against the layout Keras writes.

import { expect, test } from 'vitest';
import type { Analysis, NodeAnalysis } from '../../shared/compile/types.ts';
import type { Network } from '../../shared/network/network.ts';
import { sizeOf, type Shape } from '../../shared/tensor/types.ts';
import { imageInto, mosaicOf, readingOf, statisticsOf } from './weightNumbers.ts';

const counted = (shape: Shape) => Float32Array.from({ length: sizeOf(shape) }, (_, i) => i);

test('mean, standard deviation, smallest, largest; every number in one bin', () => {
  const found = statisticsOf(Float32Array.of(2, 4, 4, 4, 5, 5, 7, 9));
  expect(found).toMatchObject({ mean: 5, deviation: 2, low: 2, high: 9, broken: 0 });
  expect(found?.bins.reduce((sum, bin) => sum + bin, 0)).toBe(8);
  expect([found?.bins[0], found?.bins.at(-1)]).toEqual([1, 1]);
});

test('all the same is one bin; what is not finite is counted apart; nothing finite is said', () => {
  expect(statisticsOf(Float32Array.of(3, 3))).toEqual({ mean: 3, deviation: 0, low: 3, high: 3, broken: 0, bins: [2] });
  expect(statisticsOf(Float32Array.of(1, Number.NaN, 3, Number.POSITIVE_INFINITY))).toMatchObject({ mean: 2, deviation: 1, broken: 2 });
  expect(statisticsOf(Float32Array.of(Number.NaN))).toBeNull();
});

/** Where each cell of a picture stands, row by row. */
function cellsOf(kind: string, name: string, shape: Shape, picture: number, image: Shape | null = null): readonly number[] {
  const reading = readingOf(kind, name, shape, image);
  if (!reading) throw new Error('no reading');
  return Array.from({ length: reading.rows * reading.columns }, (_, i) => reading.at(picture, Math.floor(i / reading.columns), i % reading.columns));
}

test('the cells of every kind of kernel', () => {
  // kernel[y, x, 0, 1] of 2 × 2 × 3 × 2
  expect(cellsOf('conv2d', 'kernel', [2, 2, 3, 2], 1)).toEqual([1, 7, 13, 19]);
  // kernel[y, x, 1, 0]: of a transposed one the filters come before the channels
  expect(cellsOf('conv2dTranspose', 'kernel', [2, 2, 3, 2], 1)).toEqual([2, 8, 14, 20]);
  // kernel[y, x, 1, 0]: the third of its filters is the second channel's first
  expect(cellsOf('depthwiseConv2d', 'kernel', [2, 2, 3, 2], 2)).toEqual([2, 8, 14, 20]);
  expect(cellsOf('separableConv2d', 'depthwise_kernel', [2, 2, 3, 2], 2)).toEqual([2, 8, 14, 20]);
  // kernel[step, channel, 1] of 3 × 2 × 4: a row for each channel, steps to the right
  expect(cellsOf('conv1d', 'kernel', [3, 2, 4], 1)).toEqual([1, 9, 17, 5, 13, 21]);
  // kernel[pixel, 2] of 4 pixels and 5 units
  expect(cellsOf('dense', 'kernel', [4, 5], 2, [2, 2])).toEqual([2, 7, 12, 17]);
  // of a picture in colour the first channel of each pixel
  expect(cellsOf('dense', 'kernel', [12, 5], 2, [2, 2, 3])).toEqual([2, 17, 32, 47]);
});

test('what is no picture', () => {
  expect(readingOf('dense', 'kernel', [4, 5], null)).toBeNull();
  expect(readingOf('dense', 'kernel', [6, 5], [2, 2])).toBeNull();
  expect(readingOf('conv2d', 'bias', [5], null)).toBeNull();
  expect(readingOf('conv2d', 'kernel', [1, 1, 8, 5], null)).toBeNull();
  expect(readingOf('lstm', 'kernel', [4, 8], [2, 2])).toBeNull();
});

test('pictures side by side to one scale, a gap between them, the rest left out', () => {
  const reading = readingOf('dense', 'kernel', [4, 2], [2, 2]);
  if (!reading) throw new Error('no reading');
  const { columns, rows, shades } = mosaicOf(Float32Array.of(4, -8, 0, 2, 1, 6, 8, -4), reading);
  expect([columns, rows]).toEqual([5, 2]);
  expect([...shades]).toEqual([0.5, 0, Number.NaN, -1, 0.25, 0.125, 1, Number.NaN, 0.75, -0.5]);
  const many = readingOf('conv2d', 'kernel', [3, 3, 1, 100], null);
  if (!many) throw new Error('no reading');
  const mosaic = mosaicOf(counted([3, 3, 1, 100]), many);
  expect([mosaic.columns, mosaic.rows, mosaic.shown]).toEqual([31, 15, 32]);
});

function chain(kinds: readonly string[], shapes: readonly Shape[]): { readonly network: Network; readonly analysis: Analysis } {
  const nodes = kinds.map((kind, i) => ({ id: `${i}`, kind, name: `${kind}_${i}`, parameters: {}, position: { x: 0, y: 0 } }));
  const edges = kinds.slice(1).map((_, i) => ({ id: `e${i}`, source: `${i}`, target: `${i + 1}`, input: 0 }));
  const about = (outputShape: Shape): NodeAnalysis => ({
    outputShape,
    tentative: false,
    inputShapes: [],
    trainable: 0,
    nonTrainable: 0,
    multiplyAdds: 0,
    activationBytes: 0,
    weights: [],
  });
  const totals = { layers: 0, trainable: 0, nonTrainable: 0, multiplyAdds: 0, activationBytes: 0 };
  return {
    network: { id: 'n', name: 'n', nodes, edges },
    analysis: { nodes: Object.fromEntries(shapes.map((shape, i) => [`${i}`, about(shape)])), order: [], problems: [], totals },
  };
}

test('an image reaches a layer through what keeps its pixels in order, and through nothing else', () => {
  const flat = chain(['input', 'flatten', 'dropout', 'dense'], [[28, 28], [784], [784], [10]]);
  expect(imageInto(flat.network, flat.analysis, '3')).toEqual([28, 28]);
  const behind = chain(
    ['input', 'dense', 'dense'],
    [
      [28, 28],
      [28, 784],
      [28, 10],
    ],
  );
  expect(imageInto(behind.network, behind.analysis, '2')).toBeNull();
  const row = chain(['input', 'dense'], [[784], [10]]);
  expect(imageInto(row.network, row.analysis, '1')).toBeNull();
});
