// What the transposed convolutions share: the size of what comes out along one axis, by Keras' rule. No layer itself.

import { LayerError } from '../layer.ts';
import { reach, samePadding } from '../windows.ts';

export interface TransposedAxis {
  readonly input: number;
  readonly kernel: number;
  readonly dilation: number;
  readonly stride: number;
  readonly padding: string;
  /** Output padding; null: as the padding says. */
  readonly extra: number | null;
  /** `rows`. */
  readonly words: string;
}

/** Size and padding of the output: of the convolution that would lead back to the input. @throws LayerError where there is none */
export function transposedAlong(axis: TransposedAxis): { readonly size: number; readonly padding: readonly [before: number, after: number] } {
  const { input, stride } = axis;
  const window = reach(axis.kernel, axis.dilation);
  const size = outputSize(axis, window);
  const same = axis.padding === 'same';
  const padding = same ? samePadding(size, window, stride) : ([0, 0] as const);
  const back = same ? Math.ceil(size / stride) : Math.floor((size - window) / stride) + 1;
  if (back !== input) throw impossible(axis);
  return { size, padding };
}

function outputSize({ input, stride, padding, extra }: TransposedAxis, window: number): number {
  if (padding === 'same') return extra === null ? input * stride : (input - 1) * stride + (window % 2) + extra;
  return (input - 1) * stride + window + (extra ?? Math.max(stride - window, 0));
}

const impossible = ({ extra, words, stride, input }: TransposedAxis) =>
  new LayerError({
    code: 'output-padding',
    parameter: 'outputPadding',
    what: `An output padding of ${extra} gives no size along the ${words} that a convolution with stride ${stride} would bring back to ${input}.`,
    why: 'The output padding chooses among the few sizes that lead to the same input; it must stay below the stride.',
    repairs: [{ label: 'Set output padding to automatic', parameters: { outputPadding: null } }],
  });
