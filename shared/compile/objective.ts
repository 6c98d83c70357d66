// Which loss and metrics a run uses: what the settings name, or, left automatic, what suits the task and the last activation.

import { NetwrightError } from '../lib/errors.ts';
import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import type { Builder } from '../tensor/builder.ts';
import { formatShape, type Tensor } from '../tensor/types.ts';
import { chooseLoss, usualMetrics } from '../training/chooseLoss.ts';
import type { AnyLoss } from '../training/contracts.ts';
import { lossOf } from '../training/losses/index.ts';
import { metricOf } from '../training/metrics/index.ts';
import type { TrainingSettings } from '../training/settings.ts';
import { defaults } from '../lib/fields.ts';
import { classCount } from './output.ts';

export interface Objective {
  readonly loss: AnyLoss;
  readonly parameters: Record<string, unknown>;
  readonly metrics: readonly string[];
}

/** What the last instruction computes: `softmax`, `sigmoid`, … or null. */
const lastOperation = (builder: Builder, prediction: Tensor): string | null => builder.producerOf(prediction)?.operation ?? null;

function refuseMisfit(loss: AnyLoss, prediction: Tensor, dataset: DatasetDescriptor): void {
  const width = prediction.shape.at(-1) ?? 1;
  const refuse = (message: string) => {
    throw new NetwrightError({
      kind: 'project',
      code: 'loss-misfit',
      where: 'training.loss',
      message: `${message} Set the loss to “auto”, or choose one that fits.`,
    });
  };
  if (dataset.task === 'numbers' && (loss.labels === 'classes' || loss.labels === 'oneHot'))
    refuse(`${loss.title} compares classes, but ${dataset.title} asks for numbers.`);
  if (loss.labels === 'classes' && width < 2)
    refuse(`${loss.title} needs one number for each class, but the network gives ${formatShape(prediction.shape.slice(1))}.`);
  if (loss.labels === 'oneHot' && width < 2)
    refuse(`${loss.title} needs one number for each of ${classCount(dataset)} classes, but the network gives ${formatShape(prediction.shape.slice(1))}.`);
}

/** @throws NetwrightError for a metric that says nothing about this kind of data */
function refuseMetrics(ids: readonly string[], dataset: DatasetDescriptor): void {
  for (const id of ids) {
    const metric = metricOf(id);
    if (metric.tasks.includes(dataset.task)) continue;
    const message = `${metric.title} says nothing about ${dataset.title}, where the network answers with ${dataset.task === 'numbers' ? 'numbers' : 'classes'}. Usual here: ${usualMetrics(dataset.task).join(', ')}.`;
    throw new NetwrightError({ kind: 'project', code: 'metric-misfit', where: 'training.metrics', message });
  }
}

/** The loss with its parameters, and the metrics. @throws NetwrightError for an unknown loss or metric, or one that does not fit the task */
export function objectiveOf(builder: Builder, prediction: Tensor, settings: TrainingSettings, dataset: DatasetDescriptor): Objective {
  const metrics = settings.metrics.length > 0 ? settings.metrics : usualMetrics(dataset.task);
  refuseMetrics(metrics, dataset);
  if (settings.loss === 'auto') {
    const chosen = chooseLoss(dataset.task, prediction.shape.slice(1), lastOperation(builder, prediction));
    const loss = lossOf(chosen.id);
    return { loss, parameters: { ...defaults(loss.fields), ...chosen.parameters }, metrics };
  }
  const loss = lossOf(settings.loss);
  refuseMisfit(loss, prediction, dataset);
  return { loss, parameters: defaults(loss.fields), metrics };
}
