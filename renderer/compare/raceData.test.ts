// Lanes and rows of a race: what is marked as best, what is not known, which runs belong together.

import { expect, test } from 'vitest';
import type { Analysis } from '../../shared/compile/types.ts';
import type { Network } from '../../shared/network/network.ts';
import type { RunRecord, RunSnapshot } from '../../shared/protocol/contract.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';
import { cellsOf, contestants, courseOf, type Lane, raceMetric, rowsFor, runsOfLastRace, sameNetwork } from './raceData.ts';

const network = (id: string): Network => ({
  id,
  name: id.toUpperCase(),
  nodes: [{ id: 'd', kind: 'dense', name: 'd', parameters: { units: 10 }, position: { x: 0, y: 0 } }],
  edges: [],
});
const analysis = (trainable: number): Analysis => ({
  nodes: {},
  order: [],
  problems: [],
  totals: { layers: 1, trainable, nonTrainable: 0, multiplyAdds: trainable, activationBytes: 0 },
});
const record = (id: string): RunRecord => ({
  id,
  project: 'p',
  network: network(id),
  settings: defaultTrainingSettings,
  dataset: 'mnist',
  datasetFingerprint: '',
  engine: 'onnxruntime',
  engineVersion: '1',
  device: 'cpu',
  parameters: 5,
  samples: { train: 54_000, validation: 6000, test: 10_000 },
  stepsPerEpoch: 422,
  loss: 'l',
  metrics: ['accuracy'],
  startedAt: '',
  appVersion: '',
});
const run = (id: string, more: Partial<RunSnapshot> = {}): RunSnapshot => ({
  id: `run-${id}`,
  status: 'finished',
  record: record(id),
  networkId: id,
  networkName: id,
  step: 1,
  totalSteps: 1,
  epochs: [],
  batches: [],
  secondsElapsed: 4,
  secondsLeft: null,
  samplesPerSecond: null,
  memory: null,
  test: { accuracy: 0.9, loss: 0.1 },
  error: null,
  race: 'second',
  ...more,
});
const lane = (id: string, trainable: number, one: RunSnapshot | null): Lane => ({
  network: network(id),
  colour: '--series-1',
  analysis: analysis(trainable),
  problems: [],
  run: one,
  changed: false,
});
const row = (id: string) => rowsFor('accuracy').find((one) => one.id === id)!;

test('the last race is the newest one of these networks', () => {
  const all = [
    run('a', { id: '1', race: 'first' }),
    run('a', { id: '2' }),
    run('b', { id: '3' }),
    run('a', { id: '4', race: null }),
    run('z', { id: '5', race: 'elsewhere' }),
  ];
  const store = { runs: Object.fromEntries(all.map((one) => [one.id, one])), order: all.map((one) => one.id) };
  expect(runsOfLastRace(store, ['a', 'b']).map((one) => one.id)).toEqual(['2', '3']);
  expect(runsOfLastRace(store, ['q'])).toEqual([]);
});

test('best: highest accuracy, lowest cost; none where all are equal or alone', () => {
  const lanes = [lane('a', 100, run('a')), lane('b', 50, run('b', { test: { accuracy: 0.95, loss: 0.2 } })), lane('c', 70, null)];
  expect(cellsOf(row('metric'), lanes).map((cell) => [cell.text, cell.best])).toEqual([
    ['90.00 %', false],
    ['95.00 %', true],
    ['–', false],
  ]);
  expect(cellsOf(row('multiplyAdds'), lanes).map((cell) => [cell.best, cell.share])).toEqual([
    [false, 1],
    [true, 0.5],
    [false, 0.7],
  ]);
  expect(cellsOf(row('parameters'), lanes.slice(0, 2)).some((cell) => cell.best)).toBe(false);
  expect(cellsOf(row('metric'), [lanes[0]!, lanes[2]!]).some((cell) => cell.best)).toBe(false);
});

test('what was changed after its run claims no multiply-adds', () => {
  expect(row('multiplyAdds').value({ ...lane('a', 100, run('a')), changed: true })).toBeNull();
});

test('training time counts only once it has ended', () => {
  expect(row('total').value(lane('a', 1, run('a', { status: 'running' })))).toBeNull();
  expect(row('total').value(lane('a', 1, run('a')))).toBe(4);
});

test('a network is the same when only its places differ', () => {
  const moved = { ...network('a'), name: 'other', nodes: network('a').nodes.map((node) => ({ ...node, position: { x: 9, y: 9 } })) };
  expect(sameNetwork(network('a'), moved)).toBe(true);
  expect(sameNetwork(network('a'), { ...moved, nodes: moved.nodes.map((node) => ({ ...node, parameters: { units: 11 } })) })).toBe(false);
});

test('courses: validation where there is one, seconds add up', () => {
  const epochs = [1, 2].map((epoch) => ({ epoch, values: { accuracy: 0.5, val_accuracy: epoch / 10 }, seconds: 3, samplesPerSecond: 1 }));
  expect(courseOf(run('a', { epochs }), 'accuracy', 'seconds')).toEqual({ x: [3, 6], y: [0.1, 0.2], validation: true });
  const bare = epochs.map((epoch) => ({ ...epoch, values: { accuracy: 0.5 } }));
  expect(courseOf(run('a', { epochs: bare }), 'accuracy', 'epochs')).toEqual({ x: [1, 2], y: [0.5, 0.5], validation: false });
});

test('the metric and the contestants come from the runs', () => {
  const lanes = [lane('a', 1, null), lane('b', 1, run('b'))];
  expect(raceMetric(lanes, defaultTrainingSettings, 'numbers')).toBe('accuracy');
  expect(raceMetric([lanes[0]!], defaultTrainingSettings, 'numbers')).toBe('mae');
  expect(raceMetric([lanes[0]!], { ...defaultTrainingSettings, metrics: ['mse'] }, 'numbers')).toBe('mse');
  expect(raceMetric([lanes[0]!], defaultTrainingSettings, null)).toBeNull();
  expect(contestants(lanes)).toEqual([{ name: 'B', accuracy: 0.9, samples: 10_000 }]);
});
