// Whether an engine computes right here: a small network is trained for some steps on it and by the float64 reference interpreter.

import { compileNetwork, initialState } from '../../../shared/compile/index.ts';
import type { CompiledNetwork } from '../../../shared/compile/types.ts';
import { datasetOf } from '../../../shared/datasets/catalogue.ts';
import { normalAt } from '../../../shared/lib/random.ts';
import { chain } from '../../../shared/network/templates/template.ts';
import { interpret, numericArray } from '../../../shared/tensor/interpret.ts';
import type { NumericArray } from '../../../shared/tensor/operation.ts';
import { sizeOf } from '../../../shared/tensor/types.ts';
import { defaultTrainingSettings } from '../../../shared/training/settings.ts';
import { ResidentRows } from '../rows.ts';
import type { Engine, EngineJob, TrainBatch } from './engine.ts';

const SAMPLES = 8,
  STEPS = 3,
  LEARNING_RATE = 0.01;
/** float32 beside float64, over three steps. */
const TOLERANCE = 1e-4;

const network = chain('self-test', 'Self-test', [
  ['input', 'in'],
  ['dense', 'hidden', { units: 6, activation: 'relu' }],
  ['dense', 'answer', { units: 1, activation: 'sigmoid' }],
]);

/** Two groups of points, and the job of telling them apart. */
function testJob(): { readonly job: EngineJob; readonly compiled: CompiledNetwork; readonly columns: Readonly<Record<string, Float32Array | Uint8Array>> } {
  const dataset = datasetOf('spirals');
  if (!dataset) throw new Error('The catalogue has lost the spirals.');
  const programs = (batchSize: number) => compileNetwork({ network, settings: defaultTrainingSettings, dataset, batchSize });
  const compiled = programs(SAMPLES);
  const columns = {
    'features/point': Float32Array.from({ length: SAMPLES * 2 }, (_, i) => normalAt(1, i) + ((i >> 1) % 2)),
    'labels/class': Uint8Array.from({ length: SAMPLES }, (_, i) => i % 2),
  };
  const rows = new ResidentRows({ count: SAMPLES, columns });
  const job: EngineJob = {
    programs,
    uses: [{ program: 'trainStep', batchSize: SAMPLES }],
    columns: { 'features/point': { size: 2, dtype: 'float32' }, 'labels/class': { size: 1, dtype: 'uint8' } },
    parts: { train: rows, test: rows },
    randomKey: 1,
    threads: 1,
  };
  return { job, compiled, columns };
}

/** The losses of the steps as the interpreter has them. */
function expected(compiled: CompiledNetwork, columns: Readonly<Record<string, ArrayLike<number>>>): number[] {
  const program = compiled.trainStep;
  const shapes = new Map(program.inputs.map(({ name, tensor }) => [name, tensor.shape]));
  const array = (name: string, values: ArrayLike<number>): [string, NumericArray] => [name, numericArray(shapes.get(name) ?? [], Array.from(values))];
  let state = new Map([...initialState(compiled, 1)].map(([name, values]) => array(name, values)));
  const data = Object.entries(columns).map(([name, values]) => array(name, values));
  return Array.from({ length: STEPS }, (_, i) => {
    const { outputs, updates } = interpret(program, {
      ...Object.fromEntries([...data, ...state, array('step', [i + 1]), array('learningRate', [LEARNING_RATE])].filter(([name]) => shapes.has(name))),
    });
    state = new Map([...state, ...Object.entries(updates)]);
    return outputs.loss?.data[0] as number;
  });
}

/** @throws Error in words where the engine fails or its numbers are wrong */
export async function selfTest(engine: Engine): Promise<void> {
  const { job, compiled, columns } = testJob();
  const session = await engine.open(job);
  try {
    await session.setState(initialState(compiled, 1));
    const rows = Int32Array.from({ length: SAMPLES }, (_, i) => i);
    const batches: TrainBatch[] = Array.from({ length: STEPS }, (_, i) => ({ rows, step: i + 1, learningRate: LEARNING_RATE }));
    const losses = (await session.trainSteps(batches)).map(({ loss }) => loss?.[0] as number);
    const wanted = expected(compiled, columns);
    const right = wanted.every((loss, i) => Math.abs(loss - (losses[i] as number)) <= TOLERANCE * Math.max(1, Math.abs(loss)));
    if (!right) throw new Error(`Its losses in the self-test are ${losses.join(', ')} where ${wanted.join(', ')} are right.`);
    const state = await session.state();
    const whole = [...compiled.weights, ...compiled.slots].every(({ name, shape }) => state.get(name)?.length === sizeOf(shape));
    if (!whole) throw new Error('It gave back other weights than it was given.');
  } finally {
    await session.close();
  }
}
