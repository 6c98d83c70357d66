// The gradient of maximum pooling for the WebGPU provider, whose MaxPool gives no indices: the pixels of each window are gathered side by side,
// the first that equals the window's maximum takes the gradient, and each pixel adds up what it got from its windows. No two threads write to
// one place, so the sums are the same every time.

import { visitWindows, type PoolAttributes } from '../../../../shared/tensor/ops/window.ts';
import { type Shape, sizeOf, type Tensor } from '../../../../shared/tensor/types.ts';
import { gatherRows } from '../lower/patches.ts';
import { type Lowering, plain } from '../lowering.ts';

interface Windows {
  /** How many pixels a window has at most. */
  readonly taps: number;
  /** For each window, the pixels of one image under it, in order. */
  readonly pixels: readonly (readonly number[])[];
}

function windowsOf([, rows = 1, columns = 1]: Shape, [, pooledRows = 1, pooledColumns = 1]: Shape, attributes: PoolAttributes): Windows {
  const pixels: number[][] = Array.from({ length: pooledRows * pooledColumns }, () => []);
  visitWindows([1, rows, columns, 1], [1, pooledRows, pooledColumns, 1], attributes, (window, pixel) => pixels[window]?.push(pixel));
  return { taps: sizeOf(attributes.size), pixels };
}

/** One list for all windows, each filled up to the same length. */
const filled = ({ taps, pixels }: Windows, entry: (pixel: number, tap: number) => number, rest: number): number[] =>
  pixels.flatMap((under) => Array.from({ length: taps }, (_, tap) => (tap < under.length ? entry(under[tap] as number, tap) : rest)));

/** For each pixel of an image, the places in the windows' lists where it stands, −1 after the last: equally many for each. */
function placesOf({ taps, pixels }: Windows, count: number): { readonly most: number; readonly places: number[] } {
  const places: number[][] = Array.from({ length: count }, () => []);
  for (const [window, under] of pixels.entries()) for (const [tap, pixel] of under.entries()) places[pixel]?.push(window * taps + tap);
  const most = Math.max(1, ...places.map(({ length }) => length));
  return { most, places: places.flatMap((list) => [...list, ...Array.from({ length: most - list.length }, () => -1)]) };
}

export const maxPool2dGradient: Lowering = plain(({ graph, values, inputs, instruction: { attributes } }) => {
  const [x, y, g] = inputs as readonly [Tensor, Tensor, Tensor];
  const [batch = 1, rows = 1, columns = 1, channels = 1] = x.shape;
  const windows = windowsOf(x.shape, y.shape, attributes as PoolAttributes),
    { taps, pixels } = windows;
  const perWindow = (tensor: Tensor) => graph.node('Reshape', [values.get(tensor), graph.integers([batch, pixels.length, 1, channels])]);
  const image = graph.node('Reshape', [values.get(x), graph.integers([batch, rows * columns, channels])]);
  const gathered = gatherRows(
    graph,
    { name: image, shape: [batch, rows * columns, channels], axis: 1 },
    filled(windows, (pixel) => pixel, 0),
  );
  const candidates = graph.node('Reshape', [gathered, graph.integers([batch, pixels.length, taps, channels])]);
  // Beyond the last pixel of a window stands a number that is never the first.
  const order = graph.constant(
    'float32',
    [1, pixels.length, taps, 1],
    filled(windows, (_, tap) => tap, taps + 1),
  );
  const hits = graph.node('Where', [graph.node('Equal', [candidates, perWindow(y)]), order, graph.scalar(taps)]);
  const first = graph.node('ReduceMin', [hits, graph.integers([2])], { keepdims: 1 });
  const shares = graph.node('Where', [graph.node('Equal', [order, first]), perWindow(g), graph.scalar(0)]);
  const { most, places } = placesOf(windows, rows * columns);
  const list = graph.node('Reshape', [shares, graph.integers([batch, pixels.length * taps, channels])]);
  const given = gatherRows(graph, { name: list, shape: [batch, pixels.length * taps, channels], axis: 1 }, places);
  const each = graph.node('Reshape', [given, graph.integers([batch, rows * columns, most, channels])]);
  const sum = most === 1 ? each : graph.node('ReduceSum', [each, graph.integers([2])], { keepdims: 0 });
  return graph.node('Reshape', [sum, graph.integers(x.shape)]);
});
