// The engines of this machine: which work, installing one, removing one. The only way into this room.

import { NetwrightError } from '../../shared/lib/errors.ts';
import type { EngineInfo } from '../../shared/protocol/contract.ts';
import type { Emit } from '../../shared/protocol/server.ts';
import type { Host } from '../host.ts';
import { runTask } from '../runs/trainerProcess.ts';
import { engineError } from './engineError.ts';
import { uninstallTensorflow } from './tensorflow/folders.ts';
import { installTensorflow } from './tensorflow/install.ts';

type EngineHost = Pick<Host, 'node' | 'trainer' | 'engines'>;

/** What is said of an engine that takes the process with it that tries it. */
const crashed = {
  onnxruntime: { title: 'ONNX Runtime', whatToDo: 'Set Netwright up again with npm start.' },
  tensorflow: {
    title: 'TensorFlow',
    whatToDo: 'Remove it and install it again: netwright engines uninstall tensorflow, then netwright engines install tensorflow.',
  },
} as const;
type EngineId = keyof typeof crashed;

async function askAlone(host: EngineHost, id: EngineId, tested: boolean): Promise<readonly EngineInfo[]> {
  const answer = await runTask(host, { task: 'engines', tested, only: id });
  if (answer.type === 'engines') return answer.engines;
  // A run that could go on is not spoken of here.
  const reason =
    answer.type === 'failed' ? answer.error.message.replace(/ The run can be resumed from its last checkpoint\.$/, '') : 'The trainer gave no answer.';
  return [{ id, ...crashed[id], device: 'cpu', version: null, state: 'failed', reason }];
}

/** What engines there are; asked of a trainer, since only it may load them. @param tested really computes with each */
export async function listEngines(host: EngineHost, tested = false): Promise<readonly EngineInfo[]> {
  const answer = await runTask(host, { task: 'engines', tested, only: null });
  if (answer.type === 'engines') return answer.engines;
  // One of them took the process with it: each is asked alone.
  const alone: EngineInfo[] = [];
  for (const id of Object.keys(crashed) as EngineId[]) alone.push(...(await askAlone(host, id, tested)));
  return alone;
}

/** Why TensorFlow does not compute in that folder of engines; null where it does. */
async function failureOf(host: EngineHost): Promise<string | null> {
  const tensorflow = (await listEngines(host, true)).find(({ id }) => id === 'tensorflow');
  return tensorflow?.state === 'ready' ? null : (tensorflow?.reason ?? 'the trainer gave no answer.');
}

function refuseOther(id: string): void {
  if (id === 'tensorflow') return;
  if (id === 'onnxruntime') throw engineError('engine-not-installable', id, 'ONNX Runtime comes with Netwright: there is nothing to install or to remove.');
  // The word is wrong, not the machine.
  const message = `There is no engine “${id}”. Engines that can be installed: tensorflow.`;
  throw new NetwrightError({ kind: 'usage', code: 'engine-unknown', where: id, message });
}

export class Engines {
  private readonly host: EngineHost;
  private readonly emit: Emit;
  private installing: AbortController | null = null;
  private known: Promise<readonly EngineInfo[]> | null = null;

  constructor(host: EngineHost, emit: Emit) {
    this.host = host;
    this.emit = emit;
  }

  /** What works, as far as it is known without computing. */
  list(): Promise<readonly EngineInfo[]> {
    this.known ??= listEngines(this.host);
    return this.known;
  }

  /** Installs it, with `engines.progress` events. @throws NetwrightError that says what is missing, or that it was cancelled */
  async install(id: string): Promise<readonly EngineInfo[]> {
    refuseOther(id);
    if (this.installing) throw engineError('engine-installing', id, 'It is being installed already.');
    const cancel = new AbortController();
    this.installing = cancel;
    try {
      await installTensorflow({
        ...this.host,
        signal: cancel.signal,
        tell: (step, share) => this.emit('engines.progress', { id, step, share }),
        test: (engines) => failureOf({ ...this.host, engines }),
      });
    } catch (error) {
      throw cancel.signal.aborted ? engineError('engine-cancelled', id, 'The installation was cancelled; nothing of it is left.') : error;
    } finally {
      this.installing = null;
    }
    return this.changed();
  }

  /** Ends an installation; it takes back what it has done. */
  cancel(): void {
    this.installing?.abort();
  }

  /** @throws NetwrightError where there is nothing to remove */
  async uninstall(id: string): Promise<readonly EngineInfo[]> {
    refuseOther(id);
    if (!(await uninstallTensorflow(this.host.engines))) throw engineError('engine-missing', id, 'TensorFlow is not installed, so there is nothing to remove.');
    return this.changed();
  }

  private changed(): Promise<readonly EngineInfo[]> {
    this.known = null;
    return this.list();
  }
}
