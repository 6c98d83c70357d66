// How stored bytes become what a network and a loss want: scaling, shaping and one-hot coding, inside the program.

import { answersOf, classCount, type FeatureColumn, type WeightColumn } from '../../datasets/columns.ts';
import type { DatasetTensor } from '../../datasets/descriptor.ts';
import { NetwrightError } from '../../lib/errors.ts';
import type { Builder } from '../../tensor/builder.ts';
import { formatShape, sameShape, type Shape, sizeOf, type Tensor } from '../../tensor/types.ts';
import type { LabelForm } from '../../training/contracts.ts';
import type { Target } from '../bindings.ts';

const shaped = (builder: Builder, x: Tensor, shape: Shape): Tensor => (sameShape(x.shape, shape) ? x : builder.reshape(x, { shape: [...shape] }));

/** value × scale + offset, as float32. */
function scaled(builder: Builder, stored: Tensor, { scale, offset }: DatasetTensor): Tensor {
  const x = stored.dtype === 'float32' ? stored : builder.cast(stored, { dtype: 'float32' });
  const multiplied = scale === undefined || scale === 1 ? x : builder.multiply(x, builder.constant(scale));
  return offset ? builder.add(multiplied, builder.constant(offset)) : multiplied;
}

/** The data inputs of one program: a column comes in once, however many Inputs and outputs use it. */
export class DataInputs {
  private readonly builder: Builder;
  private readonly batch: number;
  private readonly weights: readonly WeightColumn[];
  private readonly known = new Map<string, Tensor>();

  constructor(builder: Builder, batch: number, weights: readonly WeightColumn[]) {
    this.builder = builder;
    this.batch = batch;
    this.weights = weights;
  }

  private stored({ key, shape, dtype }: FeatureColumn): Tensor {
    const known = this.known.get(key) ?? this.builder.input(key, [this.batch, ...shape], dtype, { kind: 'data' });
    this.known.set(key, known);
    return known;
  }

  /**
   * What an Input gives, float32 [batch, …shape].
   * @throws NetwrightError where the Input's shape holds another number of values than a sample
   */
  features(column: FeatureColumn, shape: Shape, input: string): Tensor {
    if (sizeOf(shape) !== sizeOf(column.shape)) {
      throw new NetwrightError({
        kind: 'project',
        code: 'input-shape',
        where: input,
        message: `${input} expects ${formatShape(shape)}, but a sample's “${column.name}” is ${formatShape(column.shape)}. Set the Input's shape to automatic, or to a shape of ${sizeOf(column.shape)} values.`,
      });
    }
    return shaped(this.builder, scaled(this.builder, this.stored(column), column), [this.batch, ...shape]);
  }

  /** How much each sample counts against this target, float32 [batch, …]; null where the data do not say. */
  sampleWeights(target: Target): Tensor | null {
    const column = this.weights.find(({ of }) => of !== undefined && target.key === `labels/${of}`) ?? this.weights.find(({ of }) => of === undefined);
    return column ? shaped(this.builder, scaled(this.builder, this.stored(column), column), [this.batch, ...answersOf(column)]) : null;
  }

  /** The labels in the form a loss wants; see LabelForm. */
  labels(target: Target, form: LabelForm, prediction: Tensor): Tensor {
    const { builder } = this;
    const stored = this.stored(target);
    if (target.task === 'numbers') return shaped(builder, scaled(builder, stored, target), prediction.shape);
    const classes = shaped(builder, stored.dtype === 'int32' ? stored : builder.cast(stored, { dtype: 'int32' }), [this.batch, ...answersOf(target)]);
    if (form === 'classes') return classes;
    const width = prediction.shape.at(-1) ?? 1;
    // One number for each answer: yes or no.
    if (sizeOf(prediction.shape) === sizeOf(classes.shape)) return shaped(builder, builder.cast(classes, { dtype: 'float32' }), prediction.shape);
    return builder.oneHot(classes, { depth: target.task === 'binary' ? width : classCount(target) });
  }
}
