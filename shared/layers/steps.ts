// Windows that slide over the steps of a sequence, for the layers that are one-dimensional: they run as images of one row. No layer itself.

import { choice, type Field } from '../lib/fields.ts';
import type { Builder } from '../tensor/builder.ts';
import type { Tensor } from '../tensor/types.ts';
import { LayerError } from './layer.ts';
import { reach, samePadding } from './windows.ts';

export const sequenceWords = 'a sequence of steps × features';
export const sequenceWhy = 'The window slides over the steps, so it must know what comes after what. A Reshape layer before it can split a sample into steps.';

export type StepPadding = 'valid' | 'same' | 'causal';

/** The padding of a convolution over steps. */
export const stepPaddingField = (): Field<StepPadding> =>
  choice({
    label: 'Padding',
    help: 'What happens at the ends: “valid” keeps the window inside, “same” adds zeros at both ends so that stride 1 keeps the length, “causal” adds them before the first step, so that no output sees what comes later.',
    choices: [
      { value: 'valid', label: 'valid' },
      { value: 'same', label: 'same' },
      { value: 'causal', label: 'causal' },
    ],
    default: 'valid',
    look: 'segments',
  });

export interface StepWindow {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: StepPadding;
  /** The parameter that sets the size, in code and in words: `kernelSize`, `kernel size`. */
  readonly parameter: string;
  readonly words: string;
}

/** Padding as [top, bottom, left, right] of the row that the sequence is. @throws LayerError where the window does not fit */
export function stepPadding(steps: number, window: StepWindow): readonly [0, 0, number, number] {
  const wide = reach(window.size, window.dilation);
  if (window.padding === 'causal') return [0, 0, wide - 1, 0];
  if (window.padding === 'same') return [0, 0, ...samePadding(steps, wide, window.stride)];
  if (wide > steps) throw tooLong(steps, wide, window);
  return [0, 0, 0, 0];
}

function tooLong(steps: number, wide: number, window: StepWindow): LayerError {
  const covers = wide > window.size ? `, spread by dilation over ${wide},` : '';
  const fitting = Math.floor((steps - 1) / window.dilation) + 1;
  return new LayerError({
    code: 'window-too-large',
    input: 0,
    parameter: window.parameter,
    what: `The ${window.words} of ${window.size}${covers} is larger than the input of ${steps} ${steps === 1 ? 'step' : 'steps'}.`,
    why: 'With padding “valid” the whole window must lie inside the sequence, and here there is no place for it.',
    repairs: [
      { label: 'Set padding to “same”', parameters: { padding: 'same' } },
      { label: `Set ${window.words} to ${fitting}`, parameters: { [window.parameter]: fitting } },
    ],
  });
}

/** [batch, steps, features] as an image of one row. */
export const asRow = (builder: Builder, x: Tensor): Tensor => builder.reshape(x, { shape: [x.shape[0] as number, 1, ...x.shape.slice(1)] });
/** And back. */
export const asSequence = (builder: Builder, x: Tensor): Tensor => builder.reshape(x, { shape: [x.shape[0] as number, ...x.shape.slice(2)] });
