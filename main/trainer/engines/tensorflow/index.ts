// The TensorFlow engine: each program a graph in one session, run through tfjs-node-gpu's public API.

import { join } from 'node:path';
import { NetwrightError } from '../../../../shared/lib/errors.ts';
import type { Program } from '../../../../shared/tensor/types.ts';
import { asksForCudnn, inSpelledOperations } from '../../../emit/graphdef/emit.ts';
import { damagedFile, type InstalledEngine } from '../../../files/installedEngine.ts';
import type { Engine, EngineJob, EngineSession } from '../engine.ts';
import { mayHaveCard } from '../onnxruntime/gpu/adapter.ts';
import { type CudnnState, cudnnState, cudnnWords, type Numbers, type RunPrograms } from './cudnn.ts';
import { loadTensorflow, type Tensorflow } from './library.ts';
import { type Feeds, Model } from './model.ts';
import { feedBuffer } from './modelTensor.ts';
import { TensorflowSession } from './session.ts';

/** Up to so many instructions a program is short: its operations run one after another. */
const SHORT = 130;

function isLong({ programs, uses: [first] }: EngineJob): boolean {
  return first !== undefined && inSpelledOperations(programs(first.batchSize)[first.program]).instructions.length > SHORT;
}

/**
 * Bytes of data that a session keeps itself; what is more is fed batch by batch. On the CPU that is neither quicker nor slower (the bench's MLP),
 * and takes the memory a second time; on a GPU each batch would cross over to it.
 */
const KEEP = { cpu: 2 ** 26, gpu: 2 ** 30 } as const;

/** With cuDNN's kernels, whether or not they are right. */
const runIn =
  (tensorflow: Tensorflow): RunPrograms =>
  async (programs, numbers) => {
    const model = await Model.load(tensorflow, { state: [], programs, randomKey: null, kernels: { cudnn: true, device: 'gpu' } });
    try {
      return Object.fromEntries(Object.entries(programs).map(([name, program]) => [name, model.run(name, feedsOf(program, numbers))]));
    } finally {
      model.close();
    }
  };

function feedsOf({ inputs }: Program, numbers: Numbers): Feeds {
  return Object.fromEntries(
    inputs.map(({ name, tensor }) => {
      const buffer = feedBuffer(tensor.dtype, tensor.shape);
      buffer.values.set(numbers[name]?.data ?? []);
      return [name, buffer];
    }),
  );
}

/** Found out once in a process for each installation. */
const decided = new Map<string, Promise<CudnnState>>();
function decide(tensorflow: Tensorflow, folder: string, version: string): Promise<CudnnState> {
  const state = decided.get(folder) ?? cudnnState(runIn(tensorflow), folder, version);
  decided.set(folder, state);
  return state;
}

const isRecurrent = ({ programs, uses }: EngineJob): boolean => uses.some(({ program, batchSize }) => asksForCudnn(programs(batchSize)[program]));

/** Where TensorFlow finds no card it computes on the CPU and says nothing. */
const onCard = (tensorflow: Tensorflow): boolean => tensorflow.backend().isUsingGpuDevice === true;
const noCard = (): NetwrightError =>
  new NetwrightError({
    kind: 'engine',
    code: 'device-missing',
    message:
      'TensorFlow was installed for an NVIDIA graphics card, but finds none here: the card, its driver or its libraries do not answer (nvidia-smi says more). Mend that, or install TensorFlow anew for what is there: netwright engines install tensorflow. ONNX Runtime trains here without it.',
  });

const damaged = (file: string): NetwrightError =>
  new NetwrightError({
    kind: 'engine',
    code: 'engine-damaged',
    where: file,
    message: `TensorFlow is not whole here: ${file} is missing or was cut short. Install it again: netwright engines install tensorflow. ONNX Runtime trains here without it.`,
  });

/**
 * The engine in a folder. Nothing is loaded before a session is opened.
 * @param keep bytes of data that a session may keep
 * @param usesCard whether the library has found the card that it was installed for
 */
export const tensorflowEngine = (folder: string, installed: InstalledEngine, keep: number = KEEP[installed.device], usesCard = onCard): Engine => ({
  id: 'tensorflow',
  version: installed.version,
  device: installed.device,
  check(): void {
    const file = damagedFile(folder, installed);
    if (file !== null) throw damaged(join(folder, file));
    if (installed.device === 'gpu' && !mayHaveCard()) throw noCard();
  },
  async remark(): Promise<string | null> {
    const { device, addon, version, withoutCard } = installed;
    if (device === 'cpu') return withoutCard ?? null;
    return cudnnWords(await decide(await loadTensorflow(join(folder, addon), { count: 1, beside: false }), folder, version));
  },
  async open(job: EngineJob): Promise<EngineSession> {
    const { device, addon, version } = installed;
    const tensorflow = await loadTensorflow(join(folder, addon), { count: job.threads, beside: isLong(job) });
    if (device === 'gpu' && !usesCard(tensorflow)) throw noCard();
    const cudnn = device === 'gpu' && isRecurrent(job) ? await decide(tensorflow, folder, version) : null;
    return new TensorflowSession(tensorflow, job, keep, cudnn);
  },
});
