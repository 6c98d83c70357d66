// Which loss and metrics a run uses: what the settings name, or, left automatic, what suits the task and the last activation.

import { NetwrightError } from '../../lib/errors.ts';
import { classCount } from '../../datasets/columns.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { OutputSettings } from '../../network/network.ts';
import { formatShape, type Instruction, type Shape, sizeOf, type Tensor } from '../../tensor/types.ts';
import { chooseLoss, usualMetrics } from '../../training/chooseLoss.ts';
import type { AnyLoss } from '../../training/contracts.ts';
import { answersOtherwise, lossOf } from '../../training/losses/index.ts';
import { topKCategoricalAccuracy } from '../../training/metrics/topKCategoricalAccuracy.ts';
import { metricOf } from '../../training/metrics/index.ts';
import { resolveParameters } from '../../training/parameters.ts';
import type { TrainingSettings } from '../../training/settings.ts';
import { defaults } from '../../lib/fields.ts';
import type { Target } from '../bindings.ts';
import { type ClassWeights, refuseClassWeights } from './classWeights.ts';
import type { Predicted } from './forward.ts';

export interface Objective {
  readonly loss: AnyLoss;
  readonly parameters: Record<string, unknown>;
  readonly metrics: readonly string[];
  /** Null: all classes count the same. */
  readonly classWeights: ClassWeights | null;
  /** By the metric's id. */
  readonly metricParameters: Readonly<Record<string, Record<string, unknown>>>;
}

/** The instruction that computes a value, looking through those that only move numbers (a layer applied to every step reshapes its results). */
function producerBehindMoves(builder: Builder, value: Tensor): Instruction | undefined {
  const producer = builder.producerOf(value);
  const moves = producer?.operation === 'reshape' && producer.inputs[0]?.shape.at(-1) === value.shape.at(-1);
  return moves ? producerBehindMoves(builder, producer.inputs[0] as Tensor) : producer;
}

/** What the last instruction computes: `softmax`, `sigmoid`, `binaryStep` (a comparison as a number), … or null. */
function lastOperation(builder: Builder, prediction: Tensor): string | null {
  const last = producerBehindMoves(builder, prediction);
  const before = last?.operation === 'cast' && last.inputs[0] ? builder.producerOf(last.inputs[0]) : undefined;
  return before?.operation === 'greaterEqual' ? 'binaryStep' : (last?.operation ?? null);
}

/** Why a loss says nothing about an output of this shape (without the batch axis) and its labels; null where it does. */
export function lossMisfit(loss: AnyLoss, shape: Shape, target: Target): string | null {
  const width = shape.at(-1) ?? 1;
  // Numbers of the prediction's shape may be the shares of classes.
  const areShares = loss.labels === 'oneHot' && sizeOf(target.shape) === sizeOf(shape);
  const comparesClasses = loss.labels === 'classes' || loss.labels === 'oneHot';
  if (target.task === 'numbers' && !areShares && comparesClasses) return `${loss.title} compares classes, but ${target.title} asks for numbers.`;
  if (loss.labels === 'classes' && width < 2) return `${loss.title} needs one number for each class, but the network gives ${formatShape(shape)}.`;
  if (loss.labels === 'oneHot' && width < 2)
    return `${loss.title} needs one number for each of ${classCount(target)} classes, but the network gives ${formatShape(shape)}.`;
  return null;
}

function refuseMisfit(loss: AnyLoss, prediction: Tensor, target: Target): void {
  const misfit = lossMisfit(loss, prediction.shape.slice(1), target);
  if (misfit === null) return;
  const message = `${misfit} Set the loss to “auto”, or choose one that fits.`;
  throw new NetwrightError({ kind: 'project', code: 'loss-misfit', where: 'training.loss', message });
}

/** Why a metric says nothing about these labels; null where it does. */
export function metricMisfit(id: string, target: Target): string | null {
  const metric = metricOf(id);
  // Rows of yes and no may be classes, one column each.
  const areRows = metric.kind === topKCategoricalAccuracy.id && target.task === 'binary' && (target.shape.at(-1) ?? 1) > 1;
  if (metric.tasks.includes(target.task) || areRows) return null;
  return `${metric.title} says nothing about ${target.title}, where the network answers with ${target.task === 'numbers' ? 'numbers' : 'classes'}. Usual here: ${usualMetrics(target.task).join(', ')}.`;
}

/** @throws NetwrightError for a metric that says nothing about this kind of data */
function refuseMetrics(ids: readonly string[], target: Target): void {
  for (const id of ids) {
    const message = metricMisfit(id, target);
    if (message !== null) throw new NetwrightError({ kind: 'project', code: 'metric-misfit', where: 'training.metrics', message });
  }
}

/** Why no metric says anything where the loss learns no answers. @throws NetwrightError for a metric that is not there */
export const withoutAnswers = ({ title }: AnyLoss, ids: readonly string[]): string =>
  `With the loss ${title} the network gives no answers that ${ids.map((one) => metricOf(one).title).join(', ')} could compare with labels. Leave metrics out, or choose another loss.`;

function refuseAnyMetric(loss: AnyLoss, ids: readonly string[]): never {
  throw new NetwrightError({ kind: 'project', code: 'metric-misfit', where: 'training.metrics', message: withoutAnswers(loss, ids) });
}

/** The settings' metrics; of several outputs each takes those that say something about it. @throws NetwrightError */
export function metricsFor(
  settings: Pick<TrainingSettings, 'loss' | 'metrics'>,
  target: Target,
  output: OutputSettings | undefined,
  several: boolean,
): readonly string[] {
  const named = output?.metrics ?? (several ? settings.metrics.filter((id) => metricOf(id).tasks.includes(target.task)) : settings.metrics);
  const id = output?.loss ?? settings.loss;
  if (answersOtherwise(id)) return named.length === 0 || several ? [] : refuseAnyMetric(lossOf(id), named);
  const metrics = named.length > 0 ? named : usualMetrics(target.task);
  refuseMetrics(metrics, target);
  return metrics;
}

/** All parameters of a loss. @throws NetwrightError for one that is unknown or out of range */
export const lossParameters = ({ title, fields }: AnyLoss, given: Readonly<Record<string, unknown>> | undefined) =>
  resolveParameters({ title, fields, place: 'training.lossParameters', what: 'loss' }, given ?? {});

/** All parameters of a metric. @throws NetwrightError for one that is unknown or out of range */
export function metricParametersOf(id: string, { metricParameters }: Pick<TrainingSettings, 'metricParameters'>): Record<string, unknown> {
  const { title, fields } = metricOf(id);
  return resolveParameters({ title, fields, place: `training.metricParameters.${id}`, what: 'metric' }, metricParameters?.[id] ?? {});
}

/**
 * What one output is trained for.
 * @param several whether the network has more outputs than this one
 * @throws NetwrightError for an unknown loss or metric, or one that does not fit the task
 */
export function objectiveOf(builder: Builder, predicted: Predicted, settings: TrainingSettings, several: boolean): Objective {
  const { one, prediction, target } = predicted;
  const { output } = one.node;
  const metrics = metricsFor(settings, target, output, several);
  const metricParameters = Object.fromEntries(metrics.map((id) => [id, metricParametersOf(id, settings)]));
  const classWeights = settings.classWeights ?? null;
  if (classWeights) refuseClassWeights(classWeights, predicted, several);
  const id = output?.loss ?? settings.loss;
  if (id === 'auto') {
    const chosen = chooseLoss(target.task, prediction.shape.slice(1), lastOperation(builder, prediction));
    const loss = lossOf(chosen.id);
    return { loss, parameters: { ...defaults(loss.fields), ...chosen.parameters }, metrics, metricParameters, classWeights };
  }
  const loss = lossOf(id);
  refuseMisfit(loss, prediction, target);
  const parameters = lossParameters(loss, output?.loss === undefined ? settings.lossParameters : output.lossParameters);
  return { loss, parameters, metrics, metricParameters, classWeights };
}
