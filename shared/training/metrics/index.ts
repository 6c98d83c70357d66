// The list of metrics. Adding one is a file, its test and a line here.

import type { AnyMetric } from '../contracts.ts';
import { lookUp } from '../unknown.ts';
import { accuracy } from './accuracy.ts';
import { auc } from './auc.ts';
import { binaryAccuracy } from './binaryAccuracy.ts';
import { categoricalAccuracy } from './categoricalAccuracy.ts';
import { f1Score } from './f1Score.ts';
import * as ofLosses from './lossMetrics.ts';
import { mae } from './mae.ts';
import { mse } from './mse.ts';
import { precision } from './precision.ts';
import { r2Score } from './r2Score.ts';
import { recall } from './recall.ts';
import { rootMeanSquaredError } from './rootMeanSquaredError.ts';
import { sparseCategoricalAccuracy } from './sparseCategoricalAccuracy.ts';
import { sparseTopKCategoricalAccuracy } from './sparseTopKCategoricalAccuracy.ts';
import { topKCategoricalAccuracy } from './topKCategoricalAccuracy.ts';

export const metrics = {
  accuracy,
  mae,
  mse,
  rootMeanSquaredError,
  r2Score,
  precision,
  recall,
  f1Score,
  auc,
  topKCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  cosineSimilarity: ofLosses.cosineSimilarity,
  logCosh: ofLosses.logCosh,
  kullbackLeiblerDivergence: ofLosses.kullbackLeiblerDivergence,
  poisson: ofLosses.poisson,
  hinge: ofLosses.hinge,
  squaredHinge: ofLosses.squaredHinge,
  categoricalHinge: ofLosses.categoricalHinge,
  meanAbsolutePercentageError: ofLosses.meanAbsolutePercentageError,
  meanSquaredLogarithmicError: ofLosses.meanSquaredLogarithmicError,
  binaryCrossentropy: ofLosses.binaryCrossentropy,
  categoricalCrossentropy: ofLosses.categoricalCrossentropy,
} as const satisfies Readonly<Record<string, AnyMetric>>;

export type MetricId = keyof typeof metrics;
export const metricIds = Object.keys(metrics) as readonly MetricId[];

/** A metric as settings name it. */
export interface ChosenMetric extends AnyMetric {
  /** The metric's own id, and which of its kind it is, the first being 0. */
  readonly kind: MetricId;
  readonly number: number;
}

/**
 * A second one of a kind, with parameters of its own, is `precision_1`, as Keras numbers them: so is its key.
 * @throws NetwrightError (`unknown-metric`) that lists the known ones
 */
export function metricOf(id: string): ChosenMetric {
  const [, before = id, number = '0'] = /^(\w+?)_([1-9]\d{0,2})$/.exec(id) ?? [];
  const known = Object.hasOwn(metrics, before) ? before : id;
  const found = lookUp<AnyMetric>(metrics, known, 'metric', 'training.metrics');
  const keras = number === '0' ? found.keras : `${found.keras}_${number}`;
  return { ...found, id, keras, kind: known as MetricId, number: Number(number) };
}

/** The id of a metric of a kind of which there are some already. */
export function furtherId(kind: string, there: readonly string[]): string {
  const all = [kind, ...Array.from({ length: there.length }, (_, i) => `${kind}_${i + 1}`)];
  return all.find((id) => !there.includes(id)) as string;
}
