// What every engine must pass: random networks that show no problem take steps in it, with the losses of the reference interpreter. Knows no
// engine. Networks that draw random numbers, or whose steps amplify rounding, are only asked to run.

import { expect, it } from 'vitest';
import { adviceFor, analyze, compileNetwork, initialState, objectiveProblems } from '../../../../shared/compile/index.ts';
import type { CompiledNetwork } from '../../../../shared/compile/types.ts';
import { type RandomCase, randomCase } from '../../../../shared/compile/testing/randomNetworks.ts';
import { featureColumns, labelColumns } from '../../../../shared/datasets/columns.ts';
import { randomKey, uniformAt } from '../../../../shared/lib/random.ts';
import { interpret, numericArray } from '../../../../shared/tensor/interpret.ts';
import { sizeOf } from '../../../../shared/tensor/types.ts';
import { ResidentRows } from '../../rows.ts';
import type { Engine, TrainBatch } from '../engine.ts';

/** NETWRIGHT_SEEDS sets how many. */
const count = Number(process.env['NETWRIGHT_SEEDS'] ?? 12);
const SAMPLES = 8,
  BATCH = 4,
  RATE = 0.01;
const optimizer = { id: 'sgd', parameters: { learningRate: RATE } };

function isRight({ network, dataset, settings }: RandomCase): boolean {
  const analysis = analyze(network, { dataset, loss: settings.loss });
  const request = { network, analysis, dataset, settings };
  return [...analysis.problems, ...objectiveProblems(request), ...adviceFor(request)].every(({ severity }) => severity !== 'error');
}

/** The first right networks of the seeds. */
function rightCases(count: number): readonly (readonly [seed: number, RandomCase])[] {
  const found: (readonly [number, RandomCase])[] = [];
  for (let seed = 0; found.length < count; seed++) {
    const one = randomCase(seed);
    if (isRight(one)) found.push([seed, one]);
  }
  return found;
}

function dataOf({ dataset }: RandomCase, seed: number) {
  const key = randomKey('data', seed);
  const classes = dataset.task === 'binary' ? 2 : (dataset.classNames?.length ?? 1);
  const numbers = (size: number) => Float32Array.from({ length: SAMPLES * size }, (_, i) => Math.fround(uniformAt(key, i)));
  const features = featureColumns(dataset).map((column) => [column.key, numbers(sizeOf(column.shape)), 'float32'] as const);
  const labels = labelColumns(dataset).map((column) =>
    dataset.task === 'numbers'
      ? ([column.key, numbers(sizeOf(column.shape)), 'float32'] as const)
      : ([column.key, Int32Array.from({ length: SAMPLES }, (_, i) => i % classes), 'int32'] as const),
  );
  const columns = [...features, ...labels];
  return {
    columns: Object.fromEntries(columns.map(([name, data]) => [name, data])),
    info: Object.fromEntries(columns.map(([name, data, dtype]) => [name, { size: data.length / SAMPLES, dtype }])),
  };
}

const rows = Int32Array.from({ length: BATCH }, (_, i) => i * 2);
const batches: readonly TrainBatch[] = [1, 2].map((step) => ({ rows, step, learningRate: RATE }));

/** The loss of the first step as the interpreter has it; null where random numbers are drawn. */
function expectedLoss(compiled: CompiledNetwork, part: ResidentRows, types: ReturnType<typeof dataOf>['info']): number | null {
  const { trainStep, weights, slots } = compiled;
  if (trainStep.inputs.some(({ role }) => role.kind === 'random')) return null;
  const shapes = new Map([...weights, ...slots].map(({ name, shape }) => [name, shape]));
  const state = [...initialState(compiled, 3)].map(([name, data]) => [name, numericArray(shapes.get(name) ?? [], data)] as const);
  const data = trainStep.inputs
    .filter(({ role }) => role.kind === 'data')
    .map(({ name, tensor }) => {
      const into = types[name]?.dtype === 'int32' ? new Int32Array(sizeOf(tensor.shape)) : new Float32Array(sizeOf(tensor.shape));
      part.copy(name, rows, into);
      return [name, numericArray(tensor.shape, Array.from(into))] as const;
    });
  const { outputs } = interpret(trainStep, { ...Object.fromEntries(state), ...Object.fromEntries(data), step: 1, learningRate: RATE });
  return outputs['loss']?.data[0] ?? null;
}

/** A test for each of some random networks without a problem. */
export function proveNetworks(engine: () => Engine): void {
  it.each(rightCases(count))('the network of seed %i trains', async (seed, one) => {
    const { network, dataset } = one;
    const settings = { ...one.settings, optimizer };
    const programs = (batchSize: number) => compileNetwork({ network, dataset, settings, batchSize });
    const { columns, info } = dataOf(one, seed);
    const part = new ResidentRows({ count: SAMPLES, columns });
    const session = await engine().open({ programs, uses: [], columns: info, parts: { train: part, test: part }, randomKey: 5, threads: 1 });
    try {
      await session.setState(initialState(programs(BATCH), 3));
      const steps = await session.trainSteps(batches);
      expect(steps).toHaveLength(batches.length);
      const [loss, wanted] = [steps[0]?.['loss']?.[0] ?? Number.NaN, expectedLoss(programs(BATCH), part, info)];
      if (wanted !== null && Number.isFinite(wanted)) expect(Math.abs(loss - wanted) / Math.max(1, Math.abs(wanted))).toBeLessThan(1e-4);
    } finally {
      await session.close();
    }
  });
}
