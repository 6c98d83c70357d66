// How stored bytes become what a network and a loss want: scaling, shaping and one-hot coding, inside the program.

import { NetwrightError } from '../lib/errors.ts';
import type { DatasetDescriptor, DatasetTensor } from '../datasets/descriptor.ts';
import type { Builder } from '../tensor/builder.ts';
import { formatShape, sameShape, type Shape, sizeOf, type Tensor } from '../tensor/types.ts';
import type { LabelForm } from '../training/contracts.ts';
import { classCount } from './output.ts';

const shaped = (builder: Builder, x: Tensor, shape: Shape): Tensor => (sameShape(x.shape, shape) ? x : builder.reshape(x, { shape: [...shape] }));

/** value × scale + offset, as float32. */
function scaled(builder: Builder, stored: Tensor, { scale, offset }: DatasetTensor): Tensor {
  const x = stored.dtype === 'float32' ? stored : builder.cast(stored, { dtype: 'float32' });
  const multiplied = scale === undefined || scale === 1 ? x : builder.multiply(x, builder.constant(scale));
  return offset ? builder.add(multiplied, builder.constant(offset)) : multiplied;
}

/**
 * The `features` input of a program, float32 [batch, …shape].
 * @throws NetwrightError where the Input's shape holds another number of values than a sample
 */
export function featuresOf(builder: Builder, dataset: DatasetDescriptor, batch: number, shape: Shape): Tensor {
  const { features } = dataset;
  if (sizeOf(shape) !== sizeOf(features.shape)) {
    throw new NetwrightError({
      kind: 'project',
      code: 'input-shape',
      where: 'Input',
      message: `The Input expects ${formatShape(shape)}, but a sample of ${dataset.title} is ${formatShape(features.shape)}. Set the Input's shape to automatic, or to a shape of ${sizeOf(features.shape)} values.`,
    });
  }
  const stored = builder.input('features', [batch, ...features.shape], features.dtype, { kind: 'data' });
  return shaped(builder, scaled(builder, stored, features), [batch, ...shape]);
}

/** The `labels` input of a program in the form a loss wants; see LabelForm. */
export function labelsOf(builder: Builder, dataset: DatasetDescriptor, batch: number, form: LabelForm, prediction: Tensor): Tensor {
  const { labels } = dataset;
  const stored = builder.input('labels', [batch, ...labels.shape], labels.dtype, { kind: 'data' });
  if (dataset.task === 'numbers') return shaped(builder, scaled(builder, stored, labels), prediction.shape);
  const classes = shaped(builder, stored.dtype === 'int32' ? stored : builder.cast(stored, { dtype: 'int32' }), [batch]);
  if (form === 'classes') return classes;
  const width = prediction.shape.at(-1) ?? 1;
  if (width === 1) return shaped(builder, builder.cast(classes, { dtype: 'float32' }), prediction.shape);
  return builder.oneHot(classes, { depth: dataset.task === 'binary' ? width : classCount(dataset) });
}
