// What metrics over numbers share: they need labels of the prediction's shape. No metric itself.

import { NetwrightError } from '../../lib/errors.ts';
import type { LabelForm } from '../contracts.ts';

/** @throws NetwrightError where labels are class numbers, which cannot be subtracted from probabilities */
export function requireComparable(title: string, form: LabelForm): void {
  if (form !== 'classes') return;
  throw new NetwrightError({
    kind: 'project',
    code: 'metric-form',
    where: 'training.metrics',
    message: `${title} compares numbers, but the labels are class numbers (training.metrics). Use accuracy, or the loss categoricalCrossentropy, which turns labels into rows of 0 and 1.`,
  });
}
