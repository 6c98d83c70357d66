// What is said of a run that lies over another follows from both records.

import { expect, test } from 'vitest';
import type { RunRecord } from '../../shared/protocol/contract.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../shared/training/settings.ts';
import { differenceWords } from './laidRuns.ts';

const recordWith = (changes: Partial<TrainingSettings>, record: Partial<RunRecord> = {}): RunRecord => ({
  ...{ id: 'r', project: 'p', dataset: 'mnist', datasetFingerprint: 'f', engine: 'onnxruntime', engineVersion: '1', device: 'cpu', parameters: 1 },
  ...{ samples: { train: 9, validation: 1, test: 0 }, stepsPerEpoch: 1, loss: 'meanSquaredError', metrics: [], startedAt: '', appVersion: '0' },
  network: { id: 'n', name: 'MLP', nodes: [], edges: [] },
  settings: { ...defaultTrainingSettings, ...changes },
  ...record,
});
const adam = (parameters: TrainingSettings['optimizer']['parameters']) => ({ optimizer: { id: 'adam', parameters } });

test.each([
  [{}, 'same settings'],
  [adam({ learningRate: 0.01 }), 'learning rate 0.01'],
  [adam({ learningRate: 0.001, beta1: 0.5 }), 'other settings of the optimizer'],
  [{ optimizer: { id: 'sgd', parameters: { learningRate: 0.001 } }, batchSize: 32 }, 'SGD, batch 32'],
  [{ schedule: { id: 'cosineDecay', parameters: {} }, epochs: 9 }, 'rate over time: cosine decay, 9 epochs'],
  [{ validationSplit: 0, limit: 100, seed: 3 }, 'no validation, first 100 samples, seed 3'],
])('%j', (changes, words) => {
  expect(differenceWords(recordWith({}), recordWith(changes as Partial<TrainingSettings>))).toBe(words);
});

test('another network or other data come first; where layers stand and what they are called is nothing', () => {
  const node = { id: 'a', kind: 'dense', name: 'a', parameters: {}, position: { x: 0, y: 0 } };
  const network = { id: 'n', name: 'MLP', nodes: [node], edges: [] };
  const moved = { ...network, nodes: [{ ...node, name: 'b', position: { x: 9, y: 9 } }] };
  expect(differenceWords(recordWith({}, { network }), recordWith({}, { network: moved }))).toBe('same settings');
  expect(differenceWords(recordWith({}), recordWith({ epochs: 1 }, { network, dataset: 'own' }))).toBe('other layers, other data, 1 epoch');
});
