// Forecasts with a real trainer: what is measured is told, remembered, and ended when something else is asked.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { chain } from '../../shared/network/templates/template.ts';
import type { ForecastRequest } from '../../shared/protocol/contract.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';
import { createDatasets } from '../datasets/index.ts';
import { nodeHost } from '../nodeHost.ts';
import { Forecasts } from './index.ts';

vi.setConfig({ testTimeout: 60_000 });

let home: string;
let isTraining: boolean;
let forecasts: Forecasts;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwright-'));
  isTraining = false;
  const host = { ...nodeHost({ NETWRIGHT_HOME: home }), dataFolders: [] };
  forecasts = new Forecasts({ host, datasets: createDatasets(host, () => undefined), isTraining: () => isTraining });
});
afterEach(async () => {
  forecasts.cancel();
  await rm(home, { recursive: true, force: true });
});

const network = chain('n', 'Net', [
  ['input', 'in'],
  ['dense', 'hidden', { units: 8, activation: 'relu' }],
  ['dense', 'answer', { units: 1, activation: 'sigmoid' }],
]);
const request = (over: Partial<ForecastRequest['settings']> = {}, dataset = 'spirals'): ForecastRequest => ({
  network,
  dataset,
  settings: { ...defaultTrainingSettings, engine: 'onnxruntime', limit: 100, batchSize: 32, validationSplit: 0.2, ...over },
});
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code,
  );

it('measures steps, says what was measured, and remembers it', async () => {
  const found = await forecasts.measure(request());
  expect(found).toMatchObject({ engine: 'onnxruntime', device: 'cpu', batchSize: 32, stepsPerEpoch: 3, stateBytes: 4 * (3 * (2 * 8 + 8 + 8 + 1)) });
  expect(found.stepsMeasured).toBeGreaterThan(1);
  expect(found.secondsPerEpoch).toBeGreaterThanOrEqual(2.5 * found.stepSeconds);
  expect(found.peakMemory).toBeGreaterThan(20 * 2 ** 20);
  expect(found.valueBytes).toBeGreaterThan(32 * 4 * (2 + 8 + 1));
  const elsewhere = { ...network, name: 'Renamed', nodes: network.nodes.map((node) => ({ ...node, position: { x: 1, y: 2 } })) };
  expect(await forecasts.measure({ ...request(), network: elsewhere })).toBe(found);
});

it('a later question ends the one before; while a run goes on nothing is measured', async () => {
  const first = codeOf(forecasts.measure(request()));
  isTraining = true;
  const second = codeOf(forecasts.measure(request({ batchSize: 16 })));
  expect(await first).toBe('forecast-cancelled');
  expect(await second).toBe('forecast-busy');
});

it('what a training is refused for, a forecast is refused for; data is not fetched for it', async () => {
  expect(await codeOf(forecasts.measure(request({ loss: 'sparseCategoricalCrossentropy' })))).toBe('loss-misfit');
  expect(await codeOf(forecasts.measure(request({}, 'mnist')))).toBe('forecast-no-data');
});
