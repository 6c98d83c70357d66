// What training, evaluating and predicting share: the programs, the rows, an open session.

import { columnsOf } from '../../shared/datasets/columns.ts';
import type { DatasetPart } from '../../shared/datasets/descriptor.ts';
import { compileNetwork } from '../../shared/compile/index.ts';
import type { CompiledNetwork } from '../../shared/compile/types.ts';
import { randomKey } from '../../shared/lib/random.ts';
import type { JobOf } from '../../shared/protocol/trainer.ts';
import type { Shape } from '../../shared/tensor/types.ts';
import { sizeOf } from '../../shared/tensor/types.ts';
import { stateShapes } from './checkpoint.ts';
import type { Engine, EngineJob, EngineSession } from './engines/engine.ts';
import { readPart } from './parts.ts';
import { ResidentRows } from './rows.ts';
import { usesOf } from './uses.ts';

export interface Setup {
  readonly compiled: CompiledNetwork;
  readonly parts: { readonly train: DatasetPart; readonly test: DatasetPart };
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly session: EngineSession;
}

/** Compiles, reads the rows and opens the engine. @throws NetwrightError for a problem of the network, the settings or the data */
export async function prepare(job: JobOf<'train' | 'evaluate' | 'predict'>, engine: Engine): Promise<Setup> {
  const { network, settings, dataset } = job;
  const programs = (batchSize: number): CompiledNetwork => compileNetwork({ network, settings, dataset, batchSize });
  const compiled = programs(settings.batchSize);
  const [train, test] = await Promise.all([readPart(dataset, job.train), readPart(dataset, job.test)]);
  const parts = { train, test };
  const uses = usesOf(job, { train: train.count, test: test.count });
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
    parts: { train: new ResidentRows(train), test: new ResidentRows(test) },
    threads: job.threads,
  });
}

/** How many numbers of the network training or statistics change. */
export const parameterCount = ({ weights }: CompiledNetwork): number => weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
