// The self-test of the graphics card, in a process of its own: a driver that crashes takes only that with it.

import ort from 'onnxruntime-node';
import { NetwrightError } from '../../../../../shared/lib/errors.ts';
import { GraphWriter } from '../../../../emit/onnx/graphWriter.ts';
import { selfTest } from '../../selfTest.ts';
import { onDevice } from '../webgpu/options.ts';
import { type Adapter, adapterOf, loadedLibraries } from './adapter.ts';
import { type GpuProvider, installedProviders, onnxruntimeOnGpu } from './index.ts';

export interface Probed extends Adapter {
  readonly provider: GpuProvider;
}

/** The adapter that a session gets, seen while one is open. */
async function webGpuAdapter(): Promise<Adapter> {
  const graph = new GraphWriter();
  graph.input('x', 'float32', [1]);
  graph.output('y', graph.node('Neg', ['x']), 'float32', [1]);
  const session = await ort.InferenceSession.create(graph.model(), onDevice());
  const adapter = adapterOf(loadedLibraries());
  await session.release();
  return adapter;
}

async function probe(provider: GpuProvider): Promise<Probed> {
  const adapter = provider === 'webgpu' ? await webGpuAdapter() : { driver: provider === 'cuda' ? 'NVIDIA' : 'Direct3D 12', software: false };
  await selfTest(onnxruntimeOnGpu(provider));
  return { provider, ...adapter };
}

/** Nothing is broken: there is only no card, or no library for one. */
const isAbsence = (message: string): boolean =>
  /No supported adapters|Failed to (get a WebGPU adapter|load (shared )?library)|not available|cannot open shared object/i.test(message);

/** The first provider that computes rightly here. @throws NetwrightError `gpu-missing` where there is none to try, `gpu-failed` where one is wrong */
export async function probeGpu(): Promise<Probed> {
  const failures: string[] = [];
  for (const provider of installedProviders()) {
    try {
      return await probe(provider);
    } catch (error) {
      const [message = ''] = (error as Error).message.split('\n');
      if (!isAbsence(message)) failures.push(`${provider}: ${message}`);
    }
  }
  throw new NetwrightError(
    failures.length === 0
      ? { kind: 'engine', code: 'gpu-missing', message: 'ONNX Runtime finds no graphics card with a driver that it can use.' }
      : { kind: 'engine', code: 'gpu-failed', message: failures.join(' ') },
  );
}
