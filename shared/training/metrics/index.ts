// The list of metrics. Adding one is a file, its test and a line here.

import type { AnyMetric } from '../contracts.ts';
import { lookUp } from '../unknown.ts';
import { accuracy } from './accuracy.ts';
import { mae } from './mae.ts';
import { mse } from './mse.ts';

export const metrics = { accuracy, mae, mse } as const satisfies Readonly<Record<string, AnyMetric>>;

export type MetricId = keyof typeof metrics;
export const metricIds = Object.keys(metrics) as readonly MetricId[];

/** @throws NetwrightError (`unknown-metric`) that lists the known ones */
export const metricOf = (id: string): AnyMetric => lookUp<AnyMetric>(metrics, id, 'metric', 'training.metrics');
