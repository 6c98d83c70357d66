// Points around a straight line: what the first regression of every course finds.

import type { DatasetDescriptor } from './descriptor.ts';
import { type GeneratedDataset, generateRows } from './generated.ts';

const slope = 1.5;
const height = 0.5;
const noise = 0.2;

const descriptor: DatasetDescriptor = {
  id: 'line',
  title: 'Noisy line',
  about: `Points around the line y = ${slope} · x + ${height}. A single unit without activation finds both numbers.`,
  task: 'numbers',
  features: { name: 'x', shape: [1], dtype: 'float32' },
  labels: { name: 'y', shape: [1], dtype: 'float32' },
  samples: { train: 1200, test: 300 },
  look: 'table',
  source: 'Computed by Netwright from a fixed seed',
  licence: 'CC0-1.0',
  origin: 'generated',
};

export const line: GeneratedDataset = {
  descriptor,
  generate: () =>
    generateRows(descriptor, (_, __, random) => {
      const x = 2 * random.uniform(0) - 1;
      return [[x], slope * x + height + noise * random.normal(1)];
    }),
};
