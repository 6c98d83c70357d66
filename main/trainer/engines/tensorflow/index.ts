// The TensorFlow engine: each program a graph in one session, run through tfjs-node-gpu's public API.

import { join } from 'node:path';
import { inSpelledOperations } from '../../../emit/graphdef/emit.ts';
import type { InstalledEngine } from '../../../files/installedEngine.ts';
import type { Engine, EngineJob, EngineSession } from '../engine.ts';
import { loadTensorflow } from './library.ts';
import { TensorflowSession } from './session.ts';

/** Up to so many instructions a program is short: its operations run one after another. */
const SHORT = 130;

function isLong({ programs, uses: [first] }: EngineJob): boolean {
  return first !== undefined && inSpelledOperations(programs(first.batchSize)[first.program]).instructions.length > SHORT;
}

/**
 * Bytes of data that a session keeps itself; what is more is fed batch by batch. On the CPU that is neither quicker nor slower (the bench's MLP),
 * and takes the memory a second time; on a GPU each batch would cross over to it.
 */
const KEEP = { cpu: 2 ** 26, gpu: 2 ** 30 } as const;

/**
 * The engine in a folder. Nothing is loaded before a session is opened.
 * @param keep bytes of data that a session may keep
 */
export const tensorflowEngine = (folder: string, { version, device, addon }: InstalledEngine, keep: number = KEEP[device]): Engine => ({
  id: 'tensorflow',
  version,
  device,
  async open(job: EngineJob): Promise<EngineSession> {
    return new TensorflowSession(loadTensorflow(join(folder, addon), { count: job.threads, beside: isLong(job) }), job, keep);
  },
});
