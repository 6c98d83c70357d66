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

/** @throws NetwrightError (`unknown-metric`) that lists the known ones */
export const metricOf = (id: string): AnyMetric => lookUp<AnyMetric>(metrics, id, 'metric', 'training.metrics');
