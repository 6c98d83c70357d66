// Which engine a run gets, and what engines work here. Libraries are loaded only when an engine is asked for.

import { join } from 'node:path';
import { NetwrightError } from '../../../shared/lib/errors.ts';
import type { EngineInfo } from '../../../shared/protocol/contract.ts';
import type { TrainingSettings } from '../../../shared/training/settings.ts';
import { enginesVariable, installedEngine } from '../../files/installedEngine.ts';
import type { Engine } from './engine.ts';
import { selfTest } from './selfTest.ts';

type EngineId = Engine['id'];
/** In the order in which they are tried. */
export const engineIds = ['onnxruntime', 'tensorflow'] as const satisfies readonly EngineId[];
const titles = { onnxruntime: 'ONNX Runtime', tensorflow: 'TensorFlow' } as const satisfies Record<EngineId, string>;

export const engineTitle = (id: EngineId): string => titles[id];

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

async function loadTensorflow(): Promise<Engine> {
  const engines = process.env[enginesVariable];
  const folder = engines ? join(engines, 'tensorflow') : null;
  const installed = folder ? installedEngine(folder) : null;
  if (!folder || !installed)
    throw unable('engine-missing', 'TensorFlow is not installed. Install it with “netwright engines install tensorflow”, or train with ONNX Runtime.');
  return (await import('./tensorflow/index.ts')).tensorflowEngine(folder, installed);
}

const load: Readonly<Record<EngineId, () => Promise<Engine>>> = { onnxruntime: loadOnnxruntime, tensorflow: loadTensorflow };

/** The engine that the settings ask for; where they leave it open, the one that needs nothing installed (choose.ts knows better). @throws NetwrightError of kind `engine` */
export async function loadEngine({ engine: wanted, device }: Pick<TrainingSettings, 'engine' | 'device'>): Promise<Engine> {
  const engine = await load[wanted === 'auto' ? 'onnxruntime' : wanted]();
  if (device !== 'auto' && device !== engine.device) {
    const where = { cpu: 'the CPU', gpu: 'a GPU' } as const;
    throw unable(
      'device-missing',
      `${titles[engine.id]} computes on ${where[engine.device]} here, not on ${where[device]}. Choose the device “auto” or “${engine.device}”.`,
    );
  }
  return engine;
}

const advice: Readonly<Record<EngineId, string>> = {
  onnxruntime: 'Set Netwright up again with npm start.',
  tensorflow: 'Remove it and install it again: netwright engines uninstall tensorflow, then netwright engines install tensorflow.',
};

async function stateOf(id: EngineId, tested: boolean): Promise<EngineInfo> {
  const base = { id, title: titles[id], device: 'cpu' as const };
  let engine: Engine | null = null;
  try {
    engine = await load[id]();
    if (tested) await selfTest(engine);
    return { ...base, device: engine.device, version: engine.version, state: 'ready', reason: null, whatToDo: null };
  } catch (error) {
    const missing = error instanceof NetwrightError && error.code === 'engine-missing';
    return {
      ...base,
      version: engine?.version ?? null,
      state: missing ? 'missing' : 'failed',
      reason: missing ? 'It is not installed.' : (error as Error).message,
      whatToDo: missing ? 'Install it: netwright engines install tensorflow.' : advice[id],
    };
  }
}

/** All engines this version knows, with whether they work. @param tested really computes with each, which takes some seconds */
export async function describeEngines(tested: boolean): Promise<EngineInfo[]> {
  const states: EngineInfo[] = [];
  for (const id of engineIds) states.push(await stateOf(id, tested));
  return states;
}
