// What every engine's session must pass: several steps in one call are the steps of one call each, they are the reference interpreter's,
// and state goes out as it came in. Knows no engine.

import { expect, it } from 'vitest';
import { compileNetwork, initialState } from '../../../../shared/compile/index.ts';
import type { CompiledNetwork } from '../../../../shared/compile/types.ts';
import { datasetOf } from '../../../../shared/datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../../../shared/datasets/descriptor.ts';
import { normalAt } from '../../../../shared/lib/random.ts';
import { chain } from '../../../../shared/network/templates/template.ts';
import { interpret, numericArray } from '../../../../shared/tensor/interpret.ts';
import type { NumericArray } from '../../../../shared/tensor/operation.ts';
import { defaultTrainingSettings } from '../../../../shared/training/settings.ts';
import { ResidentRows } from '../../rows.ts';
import type { Engine, EngineSession, TrainBatch } from '../engine.ts';

const SAMPLES = 60,
  BATCH = 10,
  RATE = 0.01;
const dataset = datasetOf('blobs') as DatasetDescriptor;
const labels = Int32Array.from({ length: SAMPLES }, (_, i) => i % 3);
const points = Float32Array.from({ length: SAMPLES * 2 }, (_, i) => (labels[i >> 1] as number) - 1 + 0.5 * normalAt(4, i));
const columns = { [`features/${dataset.features.name}`]: points, [`labels/${dataset.labels.name}`]: labels };
const part = new ResidentRows({ count: SAMPLES, columns });
/** The same rows from the last to the first. */
const reversed = new ResidentRows({
  count: SAMPLES,
  columns: Object.fromEntries(
    Object.entries(columns).map(([name, data]) => {
      const size = data.length / SAMPLES;
      return [name, data.map((_, i) => data[(SAMPLES - 1 - Math.floor(i / size)) * size + (i % size)] as number)];
    }),
  ),
});

/** A network with what a step may change: weights, slots, moving statistics; with a layer whose weights stay. */
const network = (dropout: number) => {
  const drawn = chain('n', 'Net', [
    ['input', 'in'],
    ['dense', 'first', { units: 8, activation: 'relu' }],
    ['batchNormalization', 'norm'],
    ...(dropout > 0 ? ([['dropout', 'drop', { rate: dropout }]] as const) : []),
    ['dense', 'second', { units: 6, activation: 'tanh' }],
    ['dense', 'answer', { units: dataset.classNames?.length ?? 3, activation: 'softmax' }],
  ]);
  return { ...drawn, nodes: drawn.nodes.map((node) => (node.name === 'second' ? { ...node, trainable: false } : node)) };
};
// Not Adam: it makes full steps of gradients that are zero but for rounding, and a bias before batch normalization has just those.
const optimizer = { id: 'sgd', parameters: { learningRate: RATE, momentum: 0.9 } };
const compiledFor = (dropout: number) => (batchSize: number) =>
  compileNetwork({ network: network(dropout), settings: { ...defaultTrainingSettings, optimizer, batchSize }, dataset, batchSize });
const batchAt = (i: number): TrainBatch => ({ rows: Int32Array.from({ length: BATCH }, (_, k) => (i * 7 + k * 3) % SAMPLES), step: i + 1, learningRate: RATE });

async function open(engine: Engine, dropout: number): Promise<{ readonly session: EngineSession; readonly compiled: CompiledNetwork }> {
  const programs = compiledFor(dropout),
    compiled = programs(BATCH);
  const info = Object.fromEntries(
    Object.entries(columns).map(([name, data]) => [name, { size: data.length / SAMPLES, dtype: data === points ? 'float32' : 'int32' } as const]),
  );
  const session = await engine.open({ programs, uses: [], columns: info, parts: { train: part, test: reversed }, randomKey: 5, threads: 1 });
  await session.setState(initialState(compiled, 3));
  return { session, compiled };
}
const numbers = (session: EngineSession) => session.state().then((state) => [...state].map(([name, data]) => [name, [...data]]));

/** The steps as the interpreter takes them. */
function expectedLosses(compiled: CompiledNetwork, batches: readonly TrainBatch[]): number[] {
  const shapes = new Map([...compiled.weights, ...compiled.slots].map(({ name, shape }) => [name, shape]));
  const state = new Map([...initialState(compiled, 3)].map(([name, data]) => [name, numericArray(shapes.get(name) ?? [], data)]));
  return batches.map(({ rows, step, learningRate }) => {
    const data = compiled.trainStep.inputs
      .filter(({ role }) => role.kind === 'data')
      .map(({ name, tensor }) => {
        const into = name in columns && columns[name] === points ? new Float32Array(rows.length * 2) : new Int32Array(rows.length);
        part.copy(name, rows, into);
        return [name, numericArray(tensor.shape, Array.from(into))] as const;
      });
    const { outputs, updates } = interpret(compiled.trainStep, { ...Object.fromEntries(state), ...Object.fromEntries(data), step, learningRate });
    for (const [name, value] of Object.entries(updates)) state.set(name, value as NumericArray);
    return outputs['loss']?.data[0] as number;
  });
}

/** Tests of an engine's session. */
export function proveSessions(engine: () => Engine): void {
  it('several steps in one call are the steps of one call each, with dropout too', async () => {
    const batches = Array.from({ length: 7 }, (_, i) => batchAt(i));
    const [together, apart] = await Promise.all([open(engine(), 0.4), open(engine(), 0.4)]);
    const values = await together.session.trainSteps(batches);
    const single = [];
    for (const batch of batches) single.push(...(await apart.session.trainSteps([batch])));
    expect(values).toEqual(single);
    expect(await numbers(together.session)).toEqual(await numbers(apart.session));
    await Promise.all([together.session.close(), apart.session.close()]);
  });

  it('its steps are the reference interpreter’s', async () => {
    const batches = Array.from({ length: 6 }, (_, i) => batchAt(i));
    const { session, compiled } = await open(engine(), 0);
    const values = await session.trainSteps(batches);
    for (const [i, want] of expectedLosses(compiled, batches).entries()) expect(values[i]?.['loss']?.[0]).toBeCloseTo(want, 4);
    await session.close();
  });

  it('state goes out as it came in, and weights that do not learn stay', async () => {
    const { session, compiled } = await open(engine(), 0);
    const before = new Map([...initialState(compiled, 3)].map(([name, data]) => [name, [...data]]));
    expect(new Map((await numbers(session)) as [string, number[]][])).toEqual(before);
    await session.trainSteps([batchAt(0)]);
    const after = new Map((await numbers(session)) as [string, number[]][]);
    expect(after.get('second/kernel')).toEqual(before.get('second/kernel'));
    expect(after.get('first/kernel')).not.toEqual(before.get('first/kernel'));
    await session.close();
  });

  it('rows are those of the part that is asked for', async () => {
    const { session } = await open(engine(), 0);
    const rows = Int32Array.of(0, 7, 3, 59);
    const mirrored = rows.map((row) => SAMPLES - 1 - row);
    expect(await session.evaluateStep('test', mirrored)).toEqual(await session.evaluateStep('train', rows));
    expect(await session.predictStep('test', mirrored)).toEqual(await session.predictStep('train', rows));
    expect(await session.predictStep('test', rows)).not.toEqual(await session.predictStep('train', rows));
    await session.close();
  });
}
