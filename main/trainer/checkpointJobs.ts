// Work with what a run has learned: the result on a test part, or predictions for it.

import { type FileHandle, open, readFile } from 'node:fs/promises';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { FromTrainer, JobOf } from '../../shared/protocol/trainer.ts';
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

/** Writes predictions for the test part as float32 rows, a batch at a time. */
export function predictJob(job: JobOf<'predict'>, engine: Engine): Promise<FromTrainer> {
  return withCheckpoint(job, engine, async ({ session, parts: { test }, compiled }) => {
    const outputs = compiled.outputs.map(({ name, key, shape }, i) => ({
      name,
      key,
      path: i === 0 ? job.output : `${job.output}.${i}`,
      shape: [test.count, ...shape],
    }));
    const files: FileHandle[] = [];
    try {
      for (const { path } of outputs) files.push(await open(path, 'w'));
      await predictTest(session, test, job.settings.batchSize, neverStops, async (predictions) => {
        for (const [i, { key }] of outputs.entries()) await files[i]?.writeFile(bytesOf(predictions[key] as Float32Array));
      });
    } finally {
      for (const file of files) await file.close();
    }
    return { type: 'predicted', outputs: outputs.map(({ key: _, ...output }) => output) };
  });
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);
