// Weights of samples by their class, so that rare classes count as much as common ones.

import { NetwrightError } from '../../lib/errors.ts';
import { classCount } from '../../datasets/columns.ts';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import type { TrainingSettings } from '../../training/settings.ts';
import type { DataInputs } from './data.ts';
import type { Predicted } from './forward.ts';

export type ClassWeights = NonNullable<TrainingSettings['classWeights']>;

const refuse = (message: string): never => {
  throw new NetwrightError({
    kind: 'project',
    code: 'class-weights',
    where: 'training.classWeights',
    message: `${message} (training.classWeights). Leave them out.`,
  });
};

/** @throws NetwrightError where samples have weights of their own, beside which Keras takes none of classes */
export function refuseTwoWeights({ title, sampleWeights = [] }: DatasetDescriptor): void {
  if (sampleWeights.length > 0) refuse(`The samples of ${title} have weights of their own, and classes cannot have some besides`);
}

/** @throws NetwrightError where there are no classes to weigh, or several outputs, which Keras refuses too */
export function refuseClassWeights(weights: ClassWeights, { target }: Pick<Predicted, 'target'>, several: boolean): void {
  if (several) refuse('Weights of classes are for networks with one output');
  if (target.task === 'numbers') refuse(`Weights of classes say nothing about ${target.title}, which asks for numbers`);
  const count = classCount(target);
  const unknown = Object.keys(weights).find((key) => Number(key) >= count);
  if (unknown !== undefined) refuse(`There is no class ${unknown}: ${target.title} has the classes 0 to ${count - 1}`);
}

/** The weight of every label, float32 of the labels' shape as class numbers. A class that is not named has 1. */
export function classWeightsOf(
  builder: Builder,
  data: DataInputs,
  { target, prediction }: Pick<Predicted, 'target' | 'prediction'>,
  weights: ClassWeights,
): Tensor {
  const count = classCount(target);
  const table = builder.constant(
    Array.from({ length: count }, (_, number) => weights[String(number)] ?? 1),
    [count],
  );
  const rows = builder.multiply(builder.oneHot(data.labels(target, 'classes', prediction), { depth: count }), table);
  return builder.reduceSum(rows, { axes: [rows.shape.length - 1], keepDims: false });
}
