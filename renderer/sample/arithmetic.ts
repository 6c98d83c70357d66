// The arithmetic of one unit, step by step: of a dense layer, or of one window of a convolution. Pure; from the same numbers as the pictures.

import type { Shape } from '../../shared/tensor/types.ts';

export interface Term {
  /** Where the incoming value stands: its unit, or row, column and channel. */
  readonly place: readonly number[];
  readonly value: number;
  readonly weight: number;
}
export interface Arithmetic {
  /** Products with the largest amounts first; at most as many as are shown. */
  readonly terms: readonly Term[];
  /** How many products there are in all, and the sum of those not shown. */
  readonly count: number;
  readonly rest: number;
  readonly bias: number;
  /** Before the activation. */
  readonly sum: number;
}

export interface Numbers {
  readonly shape: Shape;
  readonly data: ArrayLike<number>;
}
export interface UnitAsked {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly input: Numbers;
  readonly output: Shape;
  readonly kernel: Numbers;
  readonly bias: Numbers | null;
  /** Its place in the output: the unit, or row, column and filter. */
  readonly place: readonly number[];
}

const shown = 6;

function added(all: readonly Term[], bias: number): Arithmetic {
  const product = ({ value, weight }: Term) => value * weight;
  const terms = [...all].sort((a, b) => Math.abs(product(b)) - Math.abs(product(a))).slice(0, shown);
  const total = all.reduce((sum, term) => sum + product(term), 0);
  return { terms, count: all.length, rest: total - terms.reduce((sum, term) => sum + product(term), 0), bias, sum: total + bias };
}

function dense({ input, kernel, bias, place: [unit = 0] }: UnitAsked): Arithmetic {
  const [features = 0, units = 1] = kernel.shape;
  const terms = Array.from(
    { length: features },
    (_, i): Term => ({ place: [i], value: input.data[i] as number, weight: kernel.data[i * units + unit] as number }),
  );
  return added(terms, (bias?.data[unit] as number | undefined) ?? 0);
}

/** What stands before the first window on an axis: half of what `same` adds, the odd one behind. */
function before(size: number, out: number, kernel: number, stride: number, isSame: boolean): number {
  return isSame ? Math.floor(Math.max((out - 1) * stride + kernel - size, 0) / 2) : 0;
}

function window({ input, output, kernel, bias, parameters, place: [row = 0, column = 0, filter = 0] }: UnitAsked): Arithmetic {
  const [height = 0, width = 0, channels = 0] = input.shape;
  const [kernelRows = 0, kernelColumns = 0, , filters = 1] = kernel.shape;
  const [down, across] = parameters['strides'] as readonly [number, number];
  const isSame = parameters['padding'] === 'same';
  const top = row * down - before(height, output[0] ?? 0, kernelRows, down, isSame);
  const left = column * across - before(width, output[1] ?? 0, kernelColumns, across, isSame);
  const terms: Term[] = [];
  for (let r = 0; r < kernelRows; r++)
    for (let s = 0; s < kernelColumns; s++)
      for (let c = 0; c < channels; c++) {
        const [y, x] = [top + r, left + s];
        const isInside = y >= 0 && y < height && x >= 0 && x < width;
        const value = isInside ? (input.data[(y * width + x) * channels + c] as number) : 0;
        terms.push({ place: [y, x, c], value, weight: kernel.data[((r * kernelColumns + s) * channels + c) * filters + filter] as number });
      }
  return added(terms, (bias?.data[filter] as number | undefined) ?? 0);
}

/** Null for layers whose arithmetic is not shown. */
export function arithmeticOf(asked: UnitAsked): Arithmetic | null {
  if (asked.kind === 'dense' && asked.input.shape.length === 1) return dense(asked);
  const { dilationRate, groups } = asked.parameters;
  const isPlain = groups === 1 && Array.isArray(dilationRate) && dilationRate.every((one) => one === 1);
  return asked.kind === 'conv2d' && isPlain ? window(asked) : null;
}
