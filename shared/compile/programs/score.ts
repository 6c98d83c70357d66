// How good predictions are: each output's loss and metrics, and the total loss that training lowers. Keys are those of Keras' history.

import { NetwrightError } from '../../lib/errors.ts';
import { ShapeError } from '../../tensor/operation.ts';
import type { ProgramOutput, Tensor } from '../../tensor/types.ts';
import type { MeterResults } from '../../training/meter.ts';
import { bothCounted } from '../../training/losses/weightedMean.ts';
import { metricOf } from '../../training/metrics/index.ts';
import { classWeightsOf } from './classWeights.ts';
import type { LoweringContext } from '../context.ts';
import type { Forward, Predicted } from './forward.ts';
import type { Objective } from './objective.ts';

/** What each output is trained for, in the order of the predictions. */
export type Objectives = readonly Objective[];

/** With one output `accuracy`, with several `digit_accuracy`. */
const keyOf = (several: boolean, name: string, key: string): string => (several ? `${name}_${key}` : key);

/** What a run reports beside the total loss, by its outputs' names and metrics. */
export function reportedKeys(outputs: readonly { readonly name: string; readonly metrics: readonly string[] }[]): string[] {
  const several = outputs.length > 1;
  const losses = several ? outputs.map(({ name }) => keyOf(several, name, 'loss')) : [];
  return [...losses, ...outputs.flatMap(({ name, metrics }) => metrics.map((id) => keyOf(several, name, metricOf(id).keras)))];
}

interface OutputScore {
  readonly loss: Tensor;
  readonly metrics: readonly ProgramOutput[];
}

/** 1 for the steps of an output that count, where its layer says so; its loss is the mean over those. */
function maskOf({ builder, masks }: LoweringContext, { one, prediction }: Predicted): Tensor | undefined {
  const mask = masks.get(one.node.id);
  return mask && mask.shape.length < prediction.shape.length ? builder.cast(mask, { dtype: 'float32' }) : undefined;
}

/** @throws NetwrightError where the loss cannot work on what the network gives */
function fitting<T>({ loss }: Objective, act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    if (!(thrown instanceof ShapeError)) throw thrown;
    throw new NetwrightError({ kind: 'project', code: 'loss-misfit', where: 'training.loss', message: `${loss.title}: ${thrown.message}` });
  }
}

function scoreOutput({ context, data, predictions }: Forward, predicted: Predicted, objective: Objective): OutputScore {
  const { builder } = context;
  const form = objective.loss.labels;
  const labels = data.labels(predicted.target, form, predicted.prediction);
  const mask = maskOf(context, predicted);
  // Keras weighs classes in training only: what is reported of validation and test is not weighted. Weights of samples belong to the data.
  const byClass = context.training && objective.classWeights ? classWeightsOf(builder, data, predicted, objective.classWeights) : undefined;
  const weights = data.sampleWeights(predicted.target) ?? byClass;
  const metrics = objective.metrics.map((id) => {
    const metric = metricOf(id);
    const parameters = objective.metricParameters[id] ?? {};
    // Keras leaves padding out of means alone.
    const own = metric.isMean ? mask : undefined;
    const counts = parameters['weighted'] === true && weights ? bothCounted(builder, own, weights) : own;
    const tensor = metric.lower(builder, labels, predicted.prediction, form, parameters, counts);
    return { name: keyOf(predictions.length > 1, predicted.one.node.name, metric.keras), tensor };
  });
  const loss = fitting(objective, () =>
    objective.loss.lower(builder, labels, predicted.prediction, objective.parameters, { ...(weights && { weights }), ...(mask && { mask }) }),
  );
  return { loss, metrics };
}

/** Total loss (weighted sum of the outputs' and what layers add, as Keras) with everything that is reported. */
export function score(forward: Forward, objectives: Objectives): { readonly loss: Tensor; readonly outputs: ProgramOutput[] } {
  const { context, predictions } = forward,
    { builder } = context;
  const scores = predictions.map((predicted, i) => scoreOutput(forward, predicted, objectives[i] as Objective));
  const weighted = scores.map(({ loss }, i) => {
    const weight = predictions[i]?.one.node.output?.lossWeight ?? 1;
    return weight === 1 ? loss : builder.multiply(loss, builder.constant(weight));
  });
  const loss = [...weighted, ...context.losses].reduce((sum, one) => builder.add(sum, one));
  const several = predictions.length > 1;
  const own = several ? scores.map((one, i) => ({ name: keyOf(true, (predictions[i] as Predicted).one.node.name, 'loss'), tensor: one.loss })) : [];
  return { loss, outputs: [{ name: 'loss', tensor: loss }, ...own, ...scores.flatMap(({ metrics }) => metrics)] };
}

/** How each metric's sums become its value. */
export function metersOf({ predictions }: Forward, objectives: Objectives): MeterResults {
  const entries = predictions.flatMap((predicted, i) =>
    (objectives[i] as Objective).metrics.map((id) => {
      const metric = metricOf(id);
      return [
        keyOf(predictions.length > 1, predicted.one.node.name, metric.keras),
        (sums: ArrayLike<number>) => metric.result(sums, (objectives[i] as Objective).metricParameters[id] ?? {}),
      ] as const;
    }),
  );
  return Object.fromEntries(entries);
}
