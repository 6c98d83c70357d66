// The list of metrics. Adding one is a file, its test and a line here. Only metrics whose mean over batches, weighted by
// samples, is the epoch's exact value belong here; the root of the mean squared error and R² are not of that kind.

import type { MetricDefinition } from '../contracts.ts';
import { lookUp } from '../unknown.ts';
import { accuracy } from './accuracy.ts';
import { mae } from './mae.ts';
import { mse } from './mse.ts';

export const metrics = { accuracy, mae, mse } as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricId = keyof typeof metrics;
export const metricIds = Object.keys(metrics) as readonly MetricId[];

/** @throws NetwrightError (`unknown-metric`) that lists the known ones */
export const metricOf = (id: string): MetricDefinition => lookUp<MetricDefinition>(metrics, id, 'metric', 'training.metrics');
