// The TensorFlow engine: each program a graph in one session, run through tfjs-node-gpu's public API.

import type { InstalledEngine } from '../../../files/installedEngine.ts';
import type { Engine, EngineJob, EngineSession } from '../engine.ts';
import { loadTensorflow } from './library.ts';
import { TensorflowSession } from './session.ts';

/** The engine in a folder. Nothing is loaded before a session is opened. */
export const tensorflowEngine = (folder: string, { version, device }: InstalledEngine): Engine => ({
  id: 'tensorflow',
  version,
  device,
  async open(job: EngineJob): Promise<EngineSession> {
    return new TensorflowSession(loadTensorflow(folder, job.threads), job);
  },
});
