// What every engine's random numbers must be: as many dropped, as far spread as the layers say, so that a run is statistically the same on
// each. Knows no engine. The seed is fixed: a test that passes once passes always.

import { expect, it } from 'vitest';
import { compileNetwork, initialState } from '../../../../shared/compile/index.ts';
import type { DatasetDescriptor } from '../../../../shared/datasets/descriptor.ts';
import { chain } from '../../../../shared/network/templates/template.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../../../shared/training/settings.ts';
import { ResidentRows } from '../../rows.ts';
import type { Engine } from '../engine.ts';

const WIDTH = 400,
  BATCH = 50,
  STEPS = 4;
const dataset: DatasetDescriptor = {
  ...{ id: 'ones', title: 'Ones', about: '', task: 'numbers', look: 'table', source: '', licence: '', origin: 'file' },
  samples: { train: 2 * BATCH, test: 0 },
  features: { name: 'x', shape: [WIDTH], dtype: 'float32' },
  labels: { name: 'y', shape: [WIDTH], dtype: 'float32' },
};
/** Ones come in; the first half of the rows is compared with 0, the second with 1. */
const part = new ResidentRows({
  count: 2 * BATCH,
  columns: {
    'features/x': new Float32Array(2 * BATCH * WIDTH).fill(1),
    'labels/y': Float32Array.from({ length: 2 * BATCH * WIDTH }, (_, i) => (i < BATCH * WIDTH ? 0 : 1)),
  },
});
const settings: TrainingSettings = { ...defaultTrainingSettings, loss: 'meanSquaredError', optimizer: { id: 'sgd', parameters: { learningRate: 0.01 } } };

/** Layers with what they make of ones: the mean, the mean of the squares, and how near so many draws come to them. */
const layers = [
  ['dropout', { rate: 0.3 }, 1, 1 / 0.7, 0.02],
  ['spatialDropout1d', { rate: 0.3 }, 1, 1 / 0.7, 0.07],
  ['gaussianDropout', { rate: 0.3 }, 1, 1 + 0.3 / 0.7, 0.02],
  ['gaussianNoise', { stddev: 0.5 }, 1, 1.25, 0.02],
] as const;

/** The slopes of the first layer have no part in what ones become; training needs something that learns. */
const network = (kind: string, parameters: Record<string, unknown>) =>
  chain('n', 'Random', [
    ['input', 'in', { shape: [WIDTH] }],
    ['prelu', 'slopes'],
    ['reshape', 'steps', { targetShape: [20, 20] }],
    [kind, 'drawn', parameters],
    ['reshape', 'row', { targetShape: [WIDTH] }],
  ]);

/** The mean over some steps of a mean of squared distances, from 0 or from 1. */
async function distance(engine: Engine, kind: string, parameters: Record<string, unknown>, from: 0 | 1): Promise<number> {
  const programs = (batchSize: number) => compileNetwork({ network: network(kind, parameters), settings, dataset, batchSize });
  const columns = { 'features/x': { size: WIDTH, dtype: 'float32' }, 'labels/y': { size: WIDTH, dtype: 'float32' } } as const;
  const session = await engine.open({ programs, uses: [], columns, parts: { train: part, test: part }, randomKey: 11 + from, threads: 1 });
  await session.setState(initialState(programs(BATCH), 3));
  const rows = Int32Array.from({ length: BATCH }, (_, i) => from * BATCH + i);
  const values = await session.trainSteps(Array.from({ length: STEPS }, (_, i) => ({ rows, step: i + 1, learningRate: 0.01 })));
  await session.close();
  return values.reduce((sum, { loss }) => sum + (loss?.[0] as number), 0) / STEPS;
}

/** A test for each layer that draws: the moments of what it gives. */
export function proveRandomLayers(engine: () => Engine): void {
  it.each(layers)('%s %o has the moments of its definition', async (kind, parameters, mean, square, tolerance) => {
    const [squares, apart] = [await distance(engine(), kind, parameters, 0), await distance(engine(), kind, parameters, 1)];
    expect(Math.abs(squares - square)).toBeLessThan(tolerance);
    expect(Math.abs((squares - apart + 1) / 2 - mean)).toBeLessThan(tolerance);
  });
}
