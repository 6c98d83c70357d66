// What callbacks watch: a value of every epoch, and whether more of it is better. No callback itself.

import { choice, number, text } from '../../lib/fields.ts';
import { metricByKey } from '../metrics/byKey.ts';

export const monitorField = () =>
  text({
    label: 'Watches',
    help: 'The value of an epoch, under Keras’ name: val_loss, loss, val_accuracy, …',
    placeholder: 'a value such as val_loss',
    default: 'val_loss',
  });

export const modeField = () =>
  choice({
    label: 'Better is',
    choices: [
      { value: 'auto', label: 'What is usual for it' },
      { value: 'min', label: 'Less' },
      { value: 'max', label: 'More' },
    ],
    level: 'advanced',
    default: 'auto',
  });

export const minDeltaField = (usual: number) =>
  number({
    label: 'Smallest gain',
    help: 'Less than this counts as no improvement.',
    keras: 'min_delta',
    min: 0,
    max: 1_000_000,
    level: 'advanced',
    default: usual,
  });

export type Mode = 'auto' | 'min' | 'max';

/** Whether more of a value is better: losses and errors no, accuracies and scores yes. */
export function moreIsBetter(monitor: string, mode: Mode): boolean {
  if (mode !== 'auto') return mode === 'max';
  return metricByKey(monitor)?.better === 'higher';
}

/** Whether a value beats another by at least the smallest gain; anything beats nothing. */
export function beats(
  value: number,
  reference: number | null,
  { monitor, mode, minDelta }: { readonly monitor: string; readonly mode: Mode; readonly minDelta: number },
): boolean {
  if (reference === null) return true;
  return moreIsBetter(monitor, mode) ? value - minDelta > reference : value + minDelta < reference;
}
