// Which loss and metrics suit a task when the settings leave it open.

import { NetwrightError } from '../lib/errors.ts';
import { formatShape, type Shape } from '../tensor/types.ts';
import type { Task } from './contracts.ts';
import type { LossId } from './losses/index.ts';
import type { MetricId } from './metrics/index.ts';

export interface LossChoice {
  readonly id: LossId;
  readonly parameters: Readonly<Record<string, boolean | number>>;
}

/**
 * The loss for a task and a network's output.
 * @param outputShape of one sample
 * @param lastActivation the activation (or operation) that gives the output. Softmax and sigmoid give probabilities; what anything else gives is read as scores.
 * @throws NetwrightError where no loss fits
 */
export function chooseLoss(task: Task, outputShape: Shape, lastActivation: string | null): LossChoice {
  const fromLogits = lastActivation !== 'softmax' && lastActivation !== 'sigmoid';
  const width = outputShape.at(-1) ?? 1;
  if (task === 'numbers') return { id: 'meanSquaredError', parameters: {} };
  // A binary step has no slope: only the perceptron's rule learns before it.
  if (task === 'binary' && width === 1 && lastActivation === 'binaryStep') return { id: 'perceptron', parameters: {} };
  if (task === 'binary' && width === 1)
    return lastActivation === 'softmax' ? refuseLonelySoftmax(outputShape) : { id: 'binaryCrossentropy', parameters: { fromLogits } };
  if (width === 1) return refuse(outputShape, 'The data has several classes: give the last layer one unit per class, with softmax.');
  return { id: 'sparseCategoricalCrossentropy', parameters: { fromLogits } };
}

const refuseLonelySoftmax = (outputShape: Shape): never => refuse(outputShape, 'Softmax over a single value is always 1. Use sigmoid for a yes-or-no answer.');

function refuse(outputShape: Shape, why: string): never {
  throw new NetwrightError({
    kind: 'project',
    code: 'no-loss-fits',
    where: 'training.loss',
    message: `No loss fits an output of ${formatShape(outputShape)}. ${why}`,
  });
}

/** The metrics shown when the settings name none. */
export const usualMetrics = (task: Task): readonly MetricId[] => (task === 'numbers' ? ['mae'] : ['accuracy']);
