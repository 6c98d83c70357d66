// ONNX Runtime on a graphics card: WebGPU comes with the npm package, CUDA and DirectML where the installation has them.

import ort from 'onnxruntime-node';
import { providerVariable } from '../../../../files/cardVariables.ts';
import type { Engine, EngineSession } from '../../engine.ts';
import { version } from '../version.ts';
import { computeInWholeFloat32 } from '../../wholeFloat32.ts';
import { writeLoops } from '../loops.ts';
import { OnnxSession } from '../session.ts';
import { openWebGpu } from '../webgpu/index.ts';

/** In the order in which they are tried: CUDA, which a person has to add, is 1.5 to 5 times as quick as WebGPU on all but very large networks (e2e/bench/RESULTS_GPU.md). */
export const gpuProviders = ['cuda', 'webgpu', 'dml'] as const;
export type GpuProvider = (typeof gpuProviders)[number];

/** The providers that this installation may have; whether one works is seen when a session is opened. */
export const installedProviders = (): readonly GpuProvider[] => {
  const names = new Set<string>((ort.listSupportedBackends?.() ?? []).map(({ name }) => name));
  const asked = process.env[providerVariable];
  return gpuProviders.filter((name) => names.has(name) && (asked === undefined || asked === name));
};

/** Opens ONNX Runtime on a graphics card. Whether it works there is asked before (state.ts). @param software said in the record of a run */
export const onnxruntimeOnGpu = (provider: GpuProvider, software = false): Engine => ({
  id: 'onnxruntime',
  version: software ? `${version} (software Vulkan)` : version,
  device: 'gpu',
  async open(job): Promise<EngineSession> {
    if (provider === 'webgpu') return openWebGpu(job);
    computeInWholeFloat32();
    return new OnnxSession(job, writeLoops(provider, job.threads));
  },
});
