// Sequences of symbols and the same backwards: the smallest task that needs one sequence read whole before another is written.

import { randomKey, uniformAt } from '../lib/random.ts';
import type { DatasetDescriptor, DatasetPart } from './descriptor.ts';
import type { GeneratedDataset } from './generated.ts';

const steps = 6;
const symbols = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

const descriptor: DatasetDescriptor = {
  id: 'reverse',
  title: 'Backwards',
  about: `Sequences of ${steps} symbols; the answer is the same symbols backwards. A network must read the whole before it can write the first.`,
  task: 'classes',
  features: { name: 'symbols', shape: [steps], dtype: 'uint8', symbols },
  labels: { name: 'backwards', shape: [steps], dtype: 'uint8' },
  classNames: symbols,
  samples: { train: 3000, test: 500 },
  look: 'table',
  source: 'Computed by Netwright from a fixed seed',
  licence: 'CC0-1.0',
  origin: 'generated',
};

function part(name: 'train' | 'test'): DatasetPart {
  const count = descriptor.samples[name];
  const key = randomKey('generated', descriptor.id, name);
  const forwards = Uint8Array.from({ length: count * steps }, (_, i) => Math.floor(uniformAt(key, i) * symbols.length));
  const backwards = forwards.map((_, i) => forwards[i - (i % steps) + (steps - 1 - (i % steps))] as number);
  return { count, columns: { 'features/symbols': forwards, 'labels/backwards': backwards } };
}

export const reverse: GeneratedDataset = { descriptor, generate: () => ({ train: part('train'), test: part('test') }) };
