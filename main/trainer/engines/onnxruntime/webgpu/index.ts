// Opens a run on the WebGPU provider, after a rehearsal: what the device cannot do shows before training, not in the middle of it.

import { NetwrightError } from '../../../../../shared/lib/errors.ts';
import type { EngineJob, EngineSession, ProgramName, ProgramUse } from '../../engine.ts';
import { holdDevice } from './device.ts';
import { WebGpuSession } from './session.ts';

/** The largest batch of each program: what goes there goes for the smaller ones. */
function largest(uses: readonly ProgramUse[]): ProgramUse[] {
  const sizes = new Map<ProgramName, number>();
  for (const { program, batchSize } of uses) sizes.set(program, Math.max(batchSize, sizes.get(program) ?? 0));
  return [...sizes].map(([program, batchSize]) => ({ program, batchSize }));
}

/** @throws NetwrightError of kind `engine` where the device cannot compute what the job will ask of it */
export async function openWebGpu(job: EngineJob): Promise<EngineSession> {
  const session = new WebGpuSession(job);
  try {
    await holdDevice();
    for (const use of largest(job.uses)) await session.rehearse(use);
    return session;
  } catch (error) {
    await session.close();
    throw new NetwrightError({
      kind: 'engine',
      code: 'device-unable',
      where: 'onnxruntime',
      message: `The GPU cannot compute this network in ONNX Runtime: ${(error as Error).message}`,
    });
  }
}
