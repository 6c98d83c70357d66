// Which engine a run gets, and what engines work here. Libraries are loaded only when an engine is asked for.

import { NetwrightError } from '../../../shared/lib/errors.ts';
import type { EngineInfo } from '../../../shared/protocol/contract.ts';
import type { TrainingSettings } from '../../../shared/training/settings.ts';
import type { Engine } from './engine.ts';

const titles = { onnxruntime: 'ONNX Runtime', tensorflow: 'TensorFlow' } as const;

const unable = (code: string, message: string): NetwrightError => new NetwrightError({ kind: 'engine', code, message });

async function loadOnnxruntime(): Promise<Engine> {
  try {
    return (await import('./onnxruntime/index.ts')).onnxruntimeEngine;
  } catch (error) {
    throw unable(
      'engine-failed',
      `ONNX Runtime cannot be loaded on this machine: ${(error as Error).message} Set Netwright up again with npm start; “netwright doctor” says more.`,
    );
  }
}

/** The engine that the settings ask for. @throws NetwrightError of kind `engine` */
export async function loadEngine({ engine, device }: Pick<TrainingSettings, 'engine' | 'device'>): Promise<Engine> {
  if (engine === 'tensorflow')
    throw unable('engine-missing', 'The TensorFlow engine is not part of this version of Netwright. Choose “auto” or “onnxruntime”.');
  if (device === 'gpu') throw unable('device-missing', 'ONNX Runtime trains on the CPU in this version of Netwright. Choose the device “auto” or “cpu”.');
  return loadOnnxruntime();
}

async function stateOf(id: 'onnxruntime' | 'tensorflow'): Promise<EngineInfo> {
  const base = { id, title: titles[id], device: 'cpu' as const };
  try {
    const { version, device } = await loadEngine({ engine: id, device: 'auto' });
    return { ...base, device, version, state: 'ready', reason: null, whatToDo: null };
  } catch (error) {
    const missing = error instanceof NetwrightError && error.code === 'engine-missing';
    return {
      ...base,
      version: null,
      state: missing ? 'missing' : 'failed',
      reason: (error as Error).message,
      whatToDo: missing ? 'Train with ONNX Runtime.' : 'Set Netwright up again with npm start.',
    };
  }
}

/** All engines this version knows, with whether they work. */
export const describeEngines = (): Promise<EngineInfo[]> => Promise.all([stateOf('onnxruntime'), stateOf('tensorflow')]);
