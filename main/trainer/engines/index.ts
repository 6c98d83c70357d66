// Which engine a run gets, and what engines work here. Libraries are loaded only when an engine is asked for.

import { join } from 'node:path';
import { NetwrightError } from '../../../shared/lib/errors.ts';
import type { EngineInfo } from '../../../shared/protocol/contract.ts';
import type { TrainingSettings } from '../../../shared/training/settings.ts';
import { enginesVariable, installedEngine } from '../../files/installedEngine.ts';
import type { Engine } from './engine.ts';
import type { GpuState } from './onnxruntime/gpu/state.ts';
import { selfTest } from './selfTest.ts';

type EngineId = Engine['id'];
/** In the order in which they are tried. */
export const engineIds = ['onnxruntime', 'tensorflow'] as const satisfies readonly EngineId[];
const titles = { onnxruntime: 'ONNX Runtime', tensorflow: 'TensorFlow' } as const satisfies Record<EngineId, string>;

/** `onnxruntime`, `onnxruntime/gpu`: of engines that work on several devices each has a name of its own. */
export const engineName = ({ id, device }: Pick<Engine, 'id' | 'device'>): string => (id === 'onnxruntime' && device === 'gpu' ? gpuName : id);
const gpuName = 'onnxruntime/gpu';
export const engineTitle = (engine: Pick<Engine, 'id' | 'device'>): string => (engineName(engine) === gpuName ? 'ONNX Runtime on the GPU' : titles[engine.id]);

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

/** Whether ONNX Runtime can use a graphics card. @param fresh tries it again whatever is known */
async function onnxruntimeGpu(fresh = false): Promise<GpuState> {
  return (await import('./onnxruntime/gpu/state.ts')).gpuState(fresh);
}

async function loadOnnxruntimeOnGpu(): Promise<Engine> {
  const state = await onnxruntimeGpu();
  if (state.state !== 'ready')
    throw unable('device-missing', `ONNX Runtime cannot compute on a GPU here: ${state.reason} ${gpuAdvice[state.state]} The device “cpu” works.`);
  return (await import('./onnxruntime/gpu/index.ts')).onnxruntimeOnGpu(state.provider, state.software);
}

async function loadTensorflow(): Promise<Engine> {
  const engines = process.env[enginesVariable];
  const folder = engines ? join(engines, 'tensorflow') : null;
  const installed = folder ? installedEngine(folder) : null;
  if (!folder || !installed)
    throw unable('engine-missing', 'TensorFlow is not installed. Install it with “netwright engines install tensorflow”, or train with ONNX Runtime.');
  return (await import('./tensorflow/index.ts')).tensorflowEngine(folder, installed);
}

const gpuAdvice = {
  missing: 'It needs a graphics card with its driver: for Vulkan on Linux, Direct3D 12 on Windows, Metal on macOS.',
  failed: 'Bring the driver of the graphics card up to date; “netwright doctor” then tries it again.',
} as const;

const load: Readonly<Record<EngineId, () => Promise<Engine>>> = { onnxruntime: loadOnnxruntime, tensorflow: loadTensorflow };

/** The engine that the settings ask for; where they leave it open, the one that needs nothing installed (choose.ts knows better). @throws NetwrightError of kind `engine` */
export async function loadEngine({ engine: wanted, device }: Pick<TrainingSettings, 'engine' | 'device'>): Promise<Engine> {
  const id = wanted === 'auto' ? 'onnxruntime' : wanted;
  if (id === 'onnxruntime' && device === 'gpu') return loadOnnxruntimeOnGpu();
  const engine = await load[id]();
  engine.check?.();
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

/** Refusals that say themselves what to do. */
const advised = new Set(['device-missing', 'engine-damaged']);

async function stateOf(id: EngineId, tested: boolean): Promise<EngineInfo> {
  const base = { id, title: titles[id], device: 'cpu' as const };
  let engine: Engine | null = null;
  try {
    engine = await load[id]();
    engine.check?.();
    if (tested) await selfTest(engine);
    // On a card it computes to find out.
    const remark = tested || engine.device === 'cpu' ? await engine.remark?.() : null;
    return { ...base, device: engine.device, version: engine.version, state: 'ready', reason: remark ?? null, whatToDo: null };
  } catch (error) {
    const code = error instanceof NetwrightError ? error.code : '',
      missing = code === 'engine-missing';
    return {
      ...base,
      device: engine?.device ?? 'cpu',
      version: engine?.version ?? null,
      state: missing ? 'missing' : 'failed',
      reason: missing ? 'It is not installed.' : (error as Error).message,
      whatToDo: missing ? 'Install it: netwright engines install tensorflow.' : advised.has(code) ? null : advice[id],
    };
  }
}

const tried = (provider: string, driver: string): boolean => driver === 'NVIDIA' && provider !== 'dml' && process.platform === 'linux';

/** What is said of a device that works, and where it was tried: a data centre's NVIDIA H200 on Linux, and software Vulkan. */
const deviceWords = ({ provider, driver, software }: Extract<GpuState, { state: 'ready' }>): string => {
  if (software) return `Software Vulkan (${driver}): for tests, slower than the CPU. “auto” never takes it.`;
  const title = { webgpu: 'WebGPU', cuda: 'CUDA', dml: 'DirectML' }[provider];
  return tried(provider, driver)
    ? `${title}, driver: ${driver}. Its self-test was right here.`
    : `${title}, driver: ${driver}. Its self-test was right here; the makers of Netwright had no such card to train on.`;
};

/** Untested, a machine without a card is not asked twice: its self-test would take longer than the answer is worth. */
async function onnxruntimeOnGpuState(tested: boolean): Promise<EngineInfo> {
  const base = { id: 'onnxruntime', title: titles.onnxruntime, device: 'gpu' } as const;
  try {
    const { version } = await loadOnnxruntime();
    const { mayHaveCard } = await import('./onnxruntime/gpu/adapter.ts');
    const { knownGpuState } = await import('./onnxruntime/gpu/state.ts');
    const none: GpuState = { state: 'missing', reason: 'There is no graphics card here.' };
    const state = tested || mayHaveCard() ? await onnxruntimeGpu(tested) : ((await knownGpuState()) ?? none);
    if (state.state === 'ready') return { ...base, version, state: 'ready', reason: deviceWords(state), whatToDo: null };
    return { ...base, version: null, state: state.state, reason: state.reason, whatToDo: gpuAdvice[state.state] };
  } catch (error) {
    return { ...base, version: null, state: 'failed', reason: (error as Error).message, whatToDo: advice.onnxruntime };
  }
}

/** ONNX Runtime on the graphics card where “auto” may try it, or why not. */
export type GpuForAuto = () => Promise<Engine | { readonly engine: string; readonly reason: string }>;

/** Where there can be no card nothing is started to look for one; software in its place is never quicker than the CPU it runs on. */
export const gpuForAuto: GpuForAuto = async () => {
  const info = await onnxruntimeOnGpuState(false);
  const state = info.state === 'ready' ? await onnxruntimeGpu() : null;
  if (state?.state !== 'ready' || state.software) return { engine: gpuName, reason: info.reason ?? 'It is not known here.' };
  return (await import('./onnxruntime/gpu/index.ts')).onnxruntimeOnGpu(state.provider);
};

/**
 * The engines this version knows, with whether they work.
 * @param tested really computes with each, which takes some seconds
 * @param only one of them; null: all
 */
export async function describeEngines(tested: boolean, only: EngineId | null = null): Promise<EngineInfo[]> {
  const states: EngineInfo[] = [];
  for (const id of engineIds.filter((one) => only === null || one === only)) {
    states.push(await stateOf(id, tested));
    if (id === 'onnxruntime') states.push(await onnxruntimeOnGpuState(tested));
  }
  return states;
}
