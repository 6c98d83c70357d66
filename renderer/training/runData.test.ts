// What the dock says about a run must follow from the snapshot alone.

import { expect, test } from 'vitest';
import type { RunRecord, RunSnapshot } from '../../shared/protocol/contract.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';
import { batchCurve, epochCurve, lastValue, mainMetric, placeOf, settingsSummary, smooth, stepSeconds } from './runData.ts';

const record: RunRecord = {
  id: 'r',
  project: 'p',
  network: { id: 'n', name: 'MLP', nodes: [], edges: [] },
  settings: defaultTrainingSettings,
  dataset: 'mnist',
  datasetFingerprint: 'f',
  engine: 'onnxruntime',
  engineVersion: '1.30.0',
  device: 'cpu',
  parameters: 10,
  samples: { train: 54_000, validation: 6000, test: 10_000 },
  stepsPerEpoch: 422,
  loss: 'sparseCategoricalCrossentropy',
  metrics: ['accuracy'],
  startedAt: '2026-03-10T12:00:00Z',
  appVersion: '0.1.0',
};
const run: RunSnapshot = {
  id: 'r',
  status: 'running',
  record,
  networkId: 'n',
  networkName: 'MLP',
  step: 633,
  totalSteps: 2110,
  epochs: [{ epoch: 1, values: { loss: 0.5, accuracy: 0.8, val_loss: 0.4, val_accuracy: 0.85 }, seconds: 3, samplesPerSecond: 18_000 }],
  batches: [
    { step: 211, values: { loss: 0.9, accuracy: 0.6 } },
    { step: 633, values: { loss: 0.3, accuracy: 0.9 } },
  ],
  secondsElapsed: 4.5,
  secondsLeft: 10,
  samplesPerSecond: 12_800,
  memory: 1e8,
  test: null,
  error: null,
  race: null,
};

test('the place: epoch and step are counted from 1, the last step of an epoch belongs to it', () => {
  expect(placeOf(run)).toEqual({ epoch: 2, epochs: 5, step: 211, steps: 422, share: 0.3 });
  expect(placeOf({ ...run, step: 422 })).toMatchObject({ epoch: 1, step: 422 });
  expect(placeOf({ ...run, step: 0 })).toMatchObject({ epoch: 1, step: 0 });
  expect(placeOf({ ...run, step: 2110 })).toMatchObject({ epoch: 5, step: 422, share: 1 });
  expect(placeOf({ ...run, record: null })).toBeNull();
});

test('curves stand on epochs or steps', () => {
  expect(batchCurve(run, 'loss', 'epochs', 0)).toEqual({ x: [0.5, 1.5], y: [0.9, 0.3] });
  expect(batchCurve(run, 'loss', 'steps', 0).x).toEqual([211, 633]);
  expect(epochCurve(run, 'val_loss', 'epochs')).toEqual({ x: [1], y: [0.4] });
  expect(epochCurve(run, 'val_loss', 'steps').x).toEqual([422]);
});

test('smoothing starts without a bias and follows a constant exactly', () => {
  expect(smooth([5, 5, 5], 0.6).every((value) => Math.abs(value - 5) < 1e-12)).toBe(true);
  expect(smooth([1, 2], 0)).toEqual([1, 2]);
  const [first, second] = smooth([0, 1], 0.5);
  expect(first).toBe(0);
  expect(second).toBeCloseTo(2 / 3, 12);
});

test('values, metric, speed', () => {
  expect(mainMetric(run)).toBe('accuracy');
  expect(mainMetric({ ...run, record: null })).toBe('accuracy');
  expect(mainMetric({ ...run, record: null, epochs: [], batches: [] })).toBeNull();
  expect(lastValue(run, 'val_loss')).toBe(0.4);
  expect(lastValue({ ...run, epochs: [] }, 'loss')).toBe(0.3);
  expect(stepSeconds(run)).toBeCloseTo(0.01, 12);
});

test('the summary of settings names what was chosen', () => {
  expect(settingsSummary(defaultTrainingSettings)).toBe('Adam · learning rate 0.001 · batch 128 · 5 epochs · 10 % validation');
  expect(settingsSummary({ ...defaultTrainingSettings, optimizer: { id: 'sgd', parameters: {} }, epochs: 1, validationSplit: 0, limit: 2000 })).toBe(
    'SGD · learning rate 0.01 · batch 128 · 1 epoch · no validation · first 2,000 samples',
  );
});
