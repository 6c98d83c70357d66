// What the pooling layers share: their parameters and the reading of them. No layer itself.

import { optionalPair, pair, type Values } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { inputOfRank } from '../layer.ts';
import { imageWhy, imageWords, type Pair, paddingField, pairWords, windowPadding } from '../windows.ts';

export const poolingFields = {
  poolSize: pair({ label: 'Pool size', help: 'Rows and columns that become one value.', min: 1, max: 1000, sliderMax: 8, default: [2, 2] }),
  strides: optionalPair({
    label: 'Stride',
    help: 'How far the window moves at each step. Automatic: by its own size, so that windows do not overlap.',
    min: 1,
    max: 1000,
    sliderMax: 8,
    default: null,
  }),
  padding: paddingField(),
};
type Parameters = Values<typeof poolingFields>;

/** `2 × 2`, and the stride where it is not the window's own size. */
export function describePooling({ poolSize, strides }: Parameters): string {
  if (!strides || (strides[0] === poolSize[0] && strides[1] === poolSize[1])) return pairWords(poolSize);
  return `${pairWords(poolSize)} · stride ${strides[0] === strides[1] ? strides[0] : pairWords(strides)}`;
}

export interface Pooling {
  readonly input: Tensor;
  readonly attributes: { readonly size: Pair; readonly strides: Pair; readonly padding: readonly [number, number, number, number] };
}

/** The checked input and the attributes of the pooling operation. @throws LayerError */
export function poolingOf(inputs: readonly Tensor[], { poolSize, strides, padding }: Parameters): Pooling {
  const input = inputOfRank(inputs, 3, imageWords, imageWhy);
  const window = { size: poolSize, strides: strides ?? poolSize, dilations: [1, 1], padding, parameter: 'poolSize', words: 'pool size' } as const;
  return { input, attributes: { size: window.size, strides: window.strides, padding: windowPadding(input.shape, window) } };
}

/** Keras writes the strides out. */
export const poolingKeras = {
  extra: { data_format: 'channels_last' },
  toConfig: ({ poolSize, strides }: Parameters) => ({ strides: strides ?? poolSize }),
};
