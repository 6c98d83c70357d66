// What convolution and pooling share: a window that slides over rows and columns. No layer itself.

import type { Field } from '../lib/fields.ts';
import { choice } from '../lib/fields.ts';
import type { Shape } from '../tensor/types.ts';
import { LayerError, type ParameterRepair } from './layer.ts';

export type Pair = readonly [rows: number, columns: number];
export type Padding = 'valid' | 'same';

export interface SlidingWindow {
  readonly size: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
  /** The parameter that sets the size, in code and in words: `kernelSize`, `kernel size`. */
  readonly parameter: string;
  readonly words: string;
}

export const paddingField = (): Field<Padding> =>
  choice({
    label: 'Padding',
    help: 'What happens at the border: “valid” keeps the window inside the image, “same” adds zeros around it so that stride 1 keeps the size.',
    choices: [
      { value: 'valid', label: 'valid' },
      { value: 'same', label: 'same' },
    ],
    default: 'valid',
    look: 'segments',
  });

export const imageWords = 'an image of rows × columns × channels';
export const imageWhy =
  'The window slides over rows and columns, so it must know which values are neighbours. A Reshape layer before it can give flat values their rows, columns and channels.';

export const pairWords = ([rows, columns]: Pair): string => `${rows} × ${columns}`;
const shortWords = ([rows, columns]: Pair): string => (rows === columns ? `${rows}` : `${rows} × ${columns}`);

/** How many input positions a window reaches over along one axis. */
export const reach = (size: number, dilation: number): number => (size - 1) * dilation + 1;
const reachOf = ({ size, dilations }: SlidingWindow): Pair => [reach(size[0], dilations[0]), reach(size[1], dilations[1])];

/** Zeros before and after along one axis so that the output has ceil(size / stride) positions; the odd one comes after, as in TensorFlow. */
export function samePadding(size: number, window: number, stride: number): readonly [before: number, after: number] {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + window - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/**
 * Padding as top, bottom, left, right for an input [batch, rows, columns, channels].
 * @throws LayerError where the window does not fit
 */
export function windowPadding(input: Shape, window: SlidingWindow): readonly [top: number, bottom: number, left: number, right: number] {
  const image: Pair = [input[1] as number, input[2] as number];
  const [rows, columns] = reachOf(window);
  if (window.padding === 'valid') {
    if (rows > image[0] || columns > image[1]) throw tooLarge(image, window);
    return [0, 0, 0, 0];
  }
  return [...samePadding(image[0], rows, window.strides[0]), ...samePadding(image[1], columns, window.strides[1])];
}

function tooLarge(image: Pair, window: SlidingWindow): LayerError {
  const spread = window.dilations[0] > 1 || window.dilations[1] > 1;
  const covers = spread ? `, spread by dilation over ${pairWords(reachOf(window))},` : '';
  return new LayerError({
    code: 'window-too-large',
    input: 0,
    parameter: window.parameter,
    what: `The ${window.words} of ${pairWords(window.size)}${covers} is larger than the input of ${pairWords(image)}.`,
    why: 'With padding “valid” the whole window must lie inside the image, and here there is no place for it.',
    repairs: [{ label: 'Set padding to “same”', parameters: { padding: 'same' } }, smallerWindow(image, window)],
  });
}

/** The largest window, at most the present one, that fits. */
function smallerWindow(image: Pair, window: SlidingWindow): ParameterRepair {
  const fitting = (axis: 0 | 1) => Math.min(window.size[axis], Math.floor((image[axis] - 1) / window.dilations[axis]) + 1);
  const size: Pair = [fitting(0), fitting(1)];
  return { label: `Set ${window.words} to ${shortWords(size)}`, parameters: { [window.parameter]: size } };
}
