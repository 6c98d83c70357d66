// What the ways of computing a convolution share: its attributes as ONNX counts them, its two inputs.

import { sizeOf, type Tensor } from '../../../../shared/tensor/types.ts';
import { type LoweringInput, listOf, numberOf } from '../lowering.ts';

export const OIHW = [3, 2, 0, 1];

export interface Geometry {
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
  readonly group: number;
}

export function geometryOf({ instruction: { attributes } }: LoweringInput): Geometry {
  const [top = 0, bottom = 0, left = 0, right = 0] = listOf(attributes, 'padding');
  return {
    strides: listOf(attributes, 'strides'),
    pads: [top, left, bottom, right],
    dilations: listOf(attributes, 'dilations'),
    group: numberOf(attributes, 'groups'),
  };
}
export const pairOf = (inputs: readonly Tensor[]): readonly [Tensor, Tensor] => {
  const [a, b] = inputs;
  if (!a || !b) throw new Error('a convolution has two inputs');
  return [a, b];
};

/** Bytes of all gathered rows: for each place of the output, the channels of all pixels under the kernel. */
export const patchBytes = (channels: number, kernel: readonly number[], output: readonly number[]): number =>
  4 * sizeOf(output.slice(0, 3)) * sizeOf(kernel.slice(0, 2)) * channels;
