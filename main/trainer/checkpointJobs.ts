// Work with what a run has learned: the result on a test part, or predictions for it.

import { readFile } from 'node:fs/promises';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { FromTrainer, JobOf } from '../../shared/protocol/trainer.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { decodeSafetensors } from '../files/safetensors.ts';
import { loadLearned, stateFrom } from './checkpoint.ts';
import type { Engine, State } from './engines/engine.ts';
import { prepare, type Setup } from './setup.ts';
import { predictTest, testPart } from './testPart.ts';

const neverStops = async (): Promise<void> => undefined;

async function withCheckpoint<T>(job: JobOf<'evaluate' | 'predict'>, engine: Engine, work: (setup: Setup) => Promise<T>): Promise<T> {
  const setup = await prepare(job, engine);
  try {
    await setup.session.setState(await stateOf(job, setup));
    return await work(setup);
  } finally {
    await setup.session.close();
  }
}

/** What a run has learned, or the weights of a file. @throws NetwrightError where there are none, or of another network */
async function stateOf(job: JobOf<'evaluate' | 'predict'>, { shapes }: Setup): Promise<State> {
  if (job.task === 'predict' && job.weights !== null)
    return stateFrom(decodeSafetensors(await readFile(job.weights), job.weights).tensors, shapes, job.weights);
  return (await loadLearned(job.folder, shapes)).state;
}

/** The test result of what the run has learned. */
export function evaluateJob(job: JobOf<'evaluate'>, engine: Engine): Promise<FromTrainer> {
  return withCheckpoint(job, engine, async ({ session, parts, compiled }) => {
    const test = await testPart(session, compiled, parts.test, job.settings.batchSize, neverStops);
    if (!test) throw new NetwrightError({ kind: 'data', code: 'no-samples', message: `${job.dataset.title} has no test samples. Name data that has some.` });
    return { type: 'evaluated', test, samples: parts.test.count };
  });
}

/** Writes predictions for the test part as float32 rows. */
export function predictJob(job: JobOf<'predict'>, engine: Engine): Promise<FromTrainer> {
  return withCheckpoint(job, engine, async ({ session, parts, compiled }) => {
    const predictions = await predictTest(session, compiled, parts.test.count, job.settings.batchSize, neverStops);
    const outputs = compiled.outputs.map(({ name, key, shape }, i) => ({
      name,
      key,
      path: i === 0 ? job.output : `${job.output}.${i}`,
      shape: [parts.test.count, ...shape],
    }));
    for (const { key, path } of outputs) await atomicWrite(path, bytesOf(predictions[key] as Float32Array));
    return { type: 'predicted', outputs: outputs.map(({ key: _, ...output }) => output) };
  });
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);
