// Windows of a noisy sine wave and the value that follows each: the smallest forecasting task.

import type { DatasetDescriptor } from './descriptor.ts';
import { type GeneratedDataset, generateRows } from './generated.ts';

const steps = 24;
const noise = 0.08;

const descriptor: DatasetDescriptor = {
  id: 'sine',
  title: 'Noisy sine windows',
  about: `${steps} values of a sine wave with noise. Which value comes next? Phase and period differ from sample to sample.`,
  task: 'numbers',
  features: { name: 'window', shape: [steps, 1], dtype: 'float32' },
  labels: { name: 'next value', shape: [1], dtype: 'float32' },
  samples: { train: 2000, test: 500 },
  look: 'series',
  source: 'Computed by Netwright from a fixed seed',
  licence: 'CC0-1.0',
  origin: 'generated',
};

export const sine: GeneratedDataset = {
  descriptor,
  generate: () =>
    generateRows(descriptor, (_, __, random) => {
      const phase = 2 * Math.PI * random.uniform(0);
      const period = 12 + 12 * random.uniform(1);
      const at = (t: number) => Math.sin(phase + (2 * Math.PI * t) / period);
      return [Array.from({ length: steps }, (_, t) => at(t) + noise * random.normal(2 + t)), at(steps)];
    }),
};
