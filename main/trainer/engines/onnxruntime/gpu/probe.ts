// The self-test of the graphics card, in a process of its own: a driver that crashes takes only that with it.

import { NetwrightError } from '../../../../../shared/lib/errors.ts';
import { selfTest } from '../../selfTest.ts';
import { type Adapter, adapterOf, loadedLibraries } from './adapter.ts';
import { type GpuProvider, installedProviders, onnxruntimeOnGpu } from './index.ts';

export interface Probed extends Adapter {
  readonly provider: GpuProvider;
}

async function probe(provider: GpuProvider): Promise<Probed> {
  await selfTest(onnxruntimeOnGpu(provider));
  // The device is still open: its driver is loaded into this process.
  const adapter = provider === 'webgpu' ? adapterOf(loadedLibraries()) : { driver: provider === 'cuda' ? 'NVIDIA' : 'Direct3D 12', software: false };
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
