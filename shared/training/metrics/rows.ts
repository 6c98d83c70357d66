// Labels in the form of the prediction, whatever the loss asks for. No metric itself.

import { NetwrightError } from '../../lib/errors.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import type { LabelForm } from '../contracts.ts';

export const float = (builder: Builder, x: Tensor): Tensor => builder.cast(x, { dtype: 'float32' });

/** float32 of the prediction's shape: class numbers become rows of 0 and 1. */
export const labelRows = (builder: Builder, labels: Tensor, prediction: Tensor, form: LabelForm): Tensor =>
  form === 'classes' ? builder.oneHot(labels, { depth: prediction.shape.at(-1) ?? 1 }) : labels;

/** Whether there is one number per sample instead of one per class. */
export const isSingle = ({ shape }: Tensor): boolean => (shape.at(-1) ?? 1) === 1;

/** @throws NetwrightError where the network gives a single number and the metric compares classes */
export function requireClasses(title: string, prediction: Tensor): void {
  if (!isSingle(prediction)) return;
  throw new NetwrightError({
    kind: 'project',
    code: 'metric-form',
    where: 'training.metrics',
    message: `${title} needs one number for each class, but the network gives one number (training.metrics). Use accuracy or binaryAccuracy.`,
  });
}

/** 1 where the largest of the prediction is the label, [batch, …]. */
export function rightClass(builder: Builder, labels: Tensor, prediction: Tensor, form: LabelForm): Tensor {
  const axis = prediction.shape.length - 1;
  const target = form === 'classes' ? labels : builder.argMax(labels, { axis });
  return float(builder, builder.equal(float(builder, builder.argMax(prediction, { axis })), float(builder, target)));
}

/** 1 where a number is above the threshold. */
export const above = (builder: Builder, x: Tensor, threshold: number): Tensor => float(builder, builder.greater(x, builder.constant(threshold)));
