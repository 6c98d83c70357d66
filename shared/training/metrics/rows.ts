// Labels in the form of the prediction, whatever the loss asks for. No metric itself.

import { NetwrightError } from '../../lib/errors.ts';
import type { Builder } from '../../tensor/builder.ts';
import { ShapeError } from '../../tensor/operation.ts';
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

/** 1 where a number is one of the k largest of its row; of equals the first counts as larger, as in TensorFlow. bool of the prediction's shape. */
export function chosen(builder: Builder, x: Tensor, k: number): Tensor {
  const width = x.shape.at(-1) ?? 1,
    before = x.shape.slice(0, -1);
  const each = builder.reshape(x, { shape: [...before, width, 1] }),
    other = builder.reshape(x, { shape: [...before, 1, width] });
  const places = Array.from({ length: width }, (_, i) => i);
  const isEarlier = float(builder, builder.less(builder.constant(places, [1, width]), builder.constant(places, [width, 1])));
  const ahead = builder.add(float(builder, builder.greater(other, each)), builder.multiply(float(builder, builder.equal(other, each)), isEarlier));
  return builder.less(builder.reduceSum(ahead, { axes: [x.shape.length], keepDims: false }), builder.constant(k));
}

/** What belongs to one class. @throws ShapeError where there are not so many. @param id null: all that there is */
export function oneClass(builder: Builder, x: Tensor, id: number | null): Tensor {
  if (id === null) return x;
  const width = x.shape.at(-1) ?? 1;
  if (id >= width) throw new ShapeError(`class ${id} is asked for, but there are ${width}, counted from 0`);
  return builder.slice(x, { begin: x.shape.map((_, i) => (i === x.shape.length - 1 ? id : 0)), size: [...x.shape.slice(0, -1), 1] });
}
