// A weight's numbers in short: statistics, a histogram, and how a kernel is read as pictures. Pure; drawing is not here.

import type { Analysis } from '../../shared/compile/types.ts';
import type { Network } from '../../shared/network/network.ts';
import { type Shape, sizeOf } from '../../shared/tensor/types.ts';

export interface Statistics {
  readonly mean: number;
  /** Of all its numbers, as numpy's `std`. */
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
  /** How many are not a number or infinite; the rest is about the others. */
  readonly broken: number;
  /** How many numbers lie in each of the equal steps from the lowest to the highest. */
  readonly bins: readonly number[];
}

const mostBins = 40;

/** Where a number lies among the bins; the highest belongs to the last. */
const binOf = (value: number, low: number, high: number): number =>
  high > low ? Math.min(mostBins - 1, Math.floor(((value - low) / (high - low)) * mostBins)) : 0;

function countedIn(values: Float32Array, low: number, high: number): readonly number[] {
  const bins = new Array<number>(high > low ? mostBins : 1).fill(0);
  for (const value of values) {
    const bin = binOf(value, low, high);
    if (Number.isFinite(value)) bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}

/** Null where not one number is finite. */
export function statisticsOf(values: Float32Array): Statistics | null {
  let [count, sum, low, high] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    count += 1;
    sum += value;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (count === 0) return null;
  const mean = sum / count;
  let squares = 0;
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / count), low, high, broken: values.length - count, bins: countedIn(values, low, high) };
}

/** How a kernel is read as pictures of one size. */
export interface Reading {
  readonly rows: number;
  readonly columns: number;
  /** How many pictures there are. */
  readonly count: number;
  /** What one picture stands for: `filter`, `unit`. */
  readonly each: string;
  /** What of it is drawn, where that is not all. */
  readonly part: string | null;
  /** Where the number of a picture's cell stands. */
  readonly at: (picture: number, row: number, column: number) => number;
}

const partOf = (channels: number): string | null => (channels > 1 ? 'over its first input channel' : null);

/** [rows, columns, input channels, filters]; of a transposed convolution the last two are the other way round. */
function imageKernel([rows, columns, third, fourth]: readonly [number, number, number, number], isTransposed: boolean): Reading {
  const [count, channels] = isTransposed ? [third, fourth] : [fourth, third];
  const at = (picture: number, row: number, column: number) => (row * columns + column) * third * fourth + picture * (isTransposed ? fourth : 1);
  return { rows, columns, count, each: 'filter', part: partOf(channels), at };
}

/** [rows, columns, channels, multiplier]: each channel has filters of its own. */
function depthwiseKernel([rows, columns, channels, multiplier]: readonly [number, number, number, number]): Reading {
  const count = channels * multiplier;
  return { rows, columns, count, each: 'filter', part: null, at: (picture, row, column) => (row * columns + column) * count + picture };
}

/** One step's weights upward, time to the right. */
function stepKernel([steps, channels, filters]: readonly [number, number, number]): Reading {
  const at = (picture: number, row: number, column: number) => (column * channels + row) * filters + picture;
  return { rows: channels, columns: steps, count: filters, each: 'filter', part: null, at };
}

/** [pixels, units] of a layer that an image goes into: each unit's weights lie as the image does. */
function unitKernel(units: number, [rows = 1, columns = 1, channels = 1]: Shape): Reading {
  const at = (picture: number, row: number, column: number) => (row * columns + column) * channels * units + picture;
  return { rows, columns, count: units, each: 'unit', part: partOf(channels), at };
}

/** Taller or wider ones are no pictures any more. */
const mostSide = 128;
const isPicture = ({ rows, columns }: Reading): boolean => rows * columns > 1 && rows <= mostSide && columns <= mostSide;

function kernelReading(kind: string, name: string, shape: Shape, image: Shape | null): Reading | null {
  const four = shape as unknown as readonly [number, number, number, number];
  if (name === 'depthwise_kernel' && shape.length === 4) return depthwiseKernel(four);
  if (name !== 'kernel') return null;
  if (kind === 'depthwiseConv2d') return depthwiseKernel(four);
  if (kind === 'conv2d' || kind === 'conv2dTranspose') return imageKernel(four, kind === 'conv2dTranspose');
  if (kind === 'conv1d') return stepKernel(shape as unknown as readonly [number, number, number]);
  return kind === 'dense' && image && sizeOf(image) === shape[0] ? unitKernel(shape[1] ?? 0, image) : null;
}

/**
 * How a layer's weight is read as pictures; null where it cannot be.
 * @param image what goes into the layer, where that is a picture laid flat
 */
export function readingOf(kind: string, name: string, shape: Shape, image: Shape | null): Reading | null {
  const reading = kernelReading(kind, name, shape, image);
  return reading && isPicture(reading) ? reading : null;
}

/** Layers behind which a picture's pixels still lie in their order. */
const keepsOrder = new Set(['flatten', 'dropout', 'gaussianNoise', 'gaussianDropout', 'activation', 'rescaling']);

/** The shape of the image that reaches a layer with its pixels in their order; null where none does. */
export function imageInto(network: Network, { nodes }: Analysis, node: string): Shape | null {
  let at = network.edges.find(({ target }) => target === node)?.source;
  for (let hops = 0; at !== undefined && hops < network.nodes.length; hops++) {
    const source = network.nodes.find(({ id }) => id === at);
    if (!source) return null;
    const shape = nodes[source.id]?.outputShape ?? null;
    if (source.kind === 'input') return shape && (shape.length === 2 || (shape.length === 3 && (shape[2] ?? 0) <= 4)) ? shape : null;
    if (!keepsOrder.has(source.kind) && source.bypassed !== true) return null;
    at = network.edges.find(({ target }) => target === source.id)?.source;
  }
  return null;
}

/** More rows of pictures are left out. */
const mostRows = 4;
/** Small pictures stand closer. */
const acrossOf = ({ columns, count }: Reading): number => Math.min(count, columns > 16 ? 4 : 8);

export interface Mosaic {
  /** How many pictures; the others are left out. */
  readonly shown: number;
  readonly columns: number;
  readonly rows: number;
  /** From -1 to 1, row by row: the largest size of all that is drawn is 1, nothing is 0; NaN between the pictures. */
  readonly shades: Float32Array;
}

/** The first pictures of a kernel side by side, all to one scale, so that zero looks the same everywhere. */
export function mosaicOf(values: Float32Array, reading: Reading): Mosaic {
  const { rows: height, columns: width, count, at } = reading;
  const across = acrossOf(reading);
  const shown = Math.min(count, across * mostRows);
  const [columns, rows] = [across * (width + 1) - 1, Math.ceil(shown / across) * (height + 1) - 1];
  const shades = new Float32Array(columns * rows).fill(Number.NaN);
  let most = 0;
  for (let picture = 0; picture < shown; picture++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const value = values[at(picture, y, x)] ?? Number.NaN;
        if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
        shades[(Math.floor(picture / across) * (height + 1) + y) * columns + (picture % across) * (width + 1) + x] = value;
      }
  return { shown, columns, rows, shades: most > 0 ? shades.map((value) => value / most) : shades };
}
