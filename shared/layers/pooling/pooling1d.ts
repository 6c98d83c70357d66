// What the pooling layers over steps share: their parameters and the reading of them. No layer itself.

import { integer, optionalInteger, type Values } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { inputOfRank } from '../layer.ts';
import { asRow, asSequence, sequenceWhy, sequenceWords, stepPadding } from '../steps.ts';
import { paddingField } from '../windows.ts';

export const stepPoolingFields = {
  poolSize: integer({ label: 'Pool size', help: 'How many steps become one value.', min: 1, max: 1000, sliderMax: 8, default: 2 }),
  strides: optionalInteger({
    label: 'Stride',
    help: 'How far the window moves at each step. Automatic: by its own size, so that windows do not overlap.',
    min: 1,
    max: 1000,
    sliderMax: 8,
    default: null,
  }),
  padding: paddingField(),
};
type Parameters = Values<typeof stepPoolingFields>;

/** `2 steps`, and the stride where it is not the window's own size. */
export function describeStepPooling({ poolSize, strides }: Parameters): string {
  const size = `${poolSize} ${poolSize === 1 ? 'step' : 'steps'}`;
  return strides === null || strides === poolSize ? size : `${size} · stride ${strides}`;
}

type Pool = (row: Tensor, attributes: { size: readonly number[]; strides: readonly number[]; padding: readonly number[] }) => Tensor;

/** Pools the steps of the one input. @throws LayerError */
export function poolSteps(builder: Builder, inputs: readonly Tensor[], p: Parameters, pool: Pool): Tensor {
  const input = inputOfRank(inputs, 2, sequenceWords, sequenceWhy);
  const stride = p.strides ?? p.poolSize;
  const padding = stepPadding(input.shape[1] as number, {
    size: p.poolSize,
    stride,
    dilation: 1,
    padding: p.padding,
    parameter: 'poolSize',
    words: 'pool size',
  });
  return asSequence(builder, pool(asRow(builder, input), { size: [1, p.poolSize], strides: [1, stride], padding }));
}

/** Keras writes sizes as lists of one, and the strides out. */
export const stepPoolingKeras = {
  extra: { data_format: 'channels_last' },
  toConfig: ({ poolSize, strides }: Parameters) => ({ pool_size: [poolSize], strides: [strides ?? poolSize] }),
};
