// What training, evaluating and predicting share: the programs, the rows, an open session.

import { columnsOf } from '../../shared/datasets/columns.ts';
import { compileNetwork, compilePrediction } from '../../shared/compile/index.ts';
import type { CompiledNetwork } from '../../shared/compile/types.ts';
import { randomKey } from '../../shared/lib/random.ts';
import type { JobOf } from '../../shared/protocol/trainer.ts';
import type { Shape } from '../../shared/tensor/types.ts';
import { sizeOf } from '../../shared/tensor/types.ts';
import { stateShapes } from './checkpoint.ts';
import type { Engine, EngineJob, EngineSession } from './engines/engine.ts';
import { type LoadedPart, readParts } from './parts.ts';
import { usesOf } from './uses.ts';

export interface Setup {
  readonly compiled: CompiledNetwork;
  readonly parts: { readonly train: LoadedPart; readonly test: LoadedPart };
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly session: EngineSession;
}

/** Compiles, reads the rows and opens the engine. @throws NetwrightError for a problem of the network, the settings or the data */
export async function prepare(job: JobOf<'train' | 'evaluate' | 'predict'>, engine: Engine): Promise<Setup> {
  const { network, settings, dataset } = job;
  const programs = (batchSize: number): CompiledNetwork =>
    job.task === 'predict' ? compilePrediction(network, dataset, batchSize) : compileNetwork({ network, settings, dataset, batchSize });
  const compiled = programs(settings.batchSize);
  const parts = await readParts(dataset, job);
  const uses = usesOf(job, { train: parts.train.count, test: parts.test.count });
  const session = await openSession(job, engine, parts, { programs, uses, randomKey: randomKey(settings.seed, 'step') });
  return { compiled, parts, shapes: stateShapes(compiled), session };
}

/** An engine with a job's data and certain programs. */
export function openSession(
  job: JobOf<'train' | 'evaluate' | 'predict'>,
  engine: Engine,
  { train, test }: Setup['parts'],
  own: Pick<EngineJob, 'programs' | 'uses' | 'randomKey'>,
): Promise<EngineSession> {
  return engine.open({
    ...own,
    columns: Object.fromEntries(columnsOf(job.dataset).map(({ key, shape, dtype }) => [key, { size: sizeOf(shape), dtype }])),
    parts: { train: train.rows, test: test.rows },
    threads: job.threads,
  });
}

/** How many numbers of the network training or statistics change. */
export const parameterCount = ({ weights }: CompiledNetwork): number => weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
