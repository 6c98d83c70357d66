// The embedded engine: ONNX Runtime's CPU provider, from the npm package alone. Each program is one graph; a step is one call.

import ort from 'onnxruntime-node';
import { NetwrightError } from '../../../../shared/lib/errors.ts';
import type { Engine, EngineJob, EngineSession } from '../engine.ts';
import { writeLoops } from './loops.ts';
import { OnnxSession } from './session.ts';
import { version } from './version.ts';

/** Opens ONNX Runtime on the CPU. @throws NetwrightError of kind `engine` when its library cannot be used */
export const onnxruntimeEngine: Engine = {
  id: 'onnxruntime',
  version,
  device: 'cpu',
  async open(job: EngineJob): Promise<EngineSession> {
    const backends = ort.listSupportedBackends?.() ?? [];
    if (!backends.some(({ name }) => name === 'cpu')) {
      throw new NetwrightError({
        kind: 'engine',
        code: 'onnxruntime-missing',
        where: 'onnxruntime',
        message: 'ONNX Runtime has no CPU part for this system. Run “netwright doctor” to see which engines work here.',
      });
    }
    return new OnnxSession(job, writeLoops('cpu', job.threads));
  },
};
