// ONNX Runtime on a graphics card: WebGPU comes with the npm package, CUDA and DirectML where the installation has them.

import ort from 'onnxruntime-node';
import type { Engine, EngineSession } from '../../engine.ts';
import { version } from '../version.ts';
import { writeLoops } from '../loops.ts';
import { OnnxSession } from '../session.ts';
import { openWebGpu } from '../webgpu/index.ts';

/** In the order in which they are tried. */
export const gpuProviders = ['webgpu', 'cuda', 'dml'] as const;
export type GpuProvider = (typeof gpuProviders)[number];

/** The providers that this installation may have; whether one works is seen when a session is opened. */
export const installedProviders = (): readonly GpuProvider[] => {
  const names = new Set<string>((ort.listSupportedBackends?.() ?? []).map(({ name }) => name));
  return gpuProviders.filter((name) => names.has(name));
};

/** Opens ONNX Runtime on a graphics card. Whether it works there is asked before (state.ts). @param software said in the record of a run */
export const onnxruntimeOnGpu = (provider: GpuProvider, software = false): Engine => ({
  id: 'onnxruntime',
  version: software ? `${version} (software Vulkan)` : version,
  device: 'gpu',
  open: async (job): Promise<EngineSession> => (provider === 'webgpu' ? openWebGpu(job) : new OnnxSession(job, writeLoops(provider, job.threads))),
});
