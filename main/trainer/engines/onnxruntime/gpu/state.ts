// Whether ONNX Runtime can use a graphics card here: tried once in a process of its own, and remembered, a crash too.

import { fork } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FromTrainer } from '../../../../../shared/protocol/trainer.ts';
import { atomicWrite } from '../../../../files/atomicWrite.ts';
import { cardVariables } from '../../../../files/cardVariables.ts';
import { enginesVariable, trainerVariable } from '../../../../files/installedEngine.ts';
import { version } from '../version.ts';

const stateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready'), provider: z.enum(['webgpu', 'cuda', 'dml']), driver: z.string(), software: z.boolean() }),
  z.object({ state: z.enum(['missing', 'failed']), reason: z.string() }),
]);
export type GpuState = z.infer<typeof stateSchema>;
const rememberedSchema = z.object({ key: z.string(), at: z.number(), result: stateSchema });

/** Drivers are installed and mended: what did not work is tried again after a day. */
const DAY = 24 * 3600 * 1000;
/** A device that compiles its shaders on one busy core needs a while. */
const LIMIT = 180_000;

export interface Trying {
  readonly trainer?: string | undefined;
  /** Where it is remembered; nowhere if left out. */
  readonly folder?: string | undefined;
  readonly limit?: number;
}

const failed = (reason: string): GpuState => ({ state: 'failed', reason });

function ofMessage(message: FromTrainer): GpuState {
  if (message.type === 'gpu') {
    const { provider, driver, software } = message;
    return { state: 'ready', provider, driver, software };
  }
  if (message.type !== 'failed') return failed('The self-test gave no answer.');
  return { state: message.error.code === 'gpu-missing' ? 'missing' : 'failed', reason: message.error.message };
}

/** Another trainer does the self-test; its end without an answer is an answer. */
function tryOut(trainer: string, limit: number): Promise<GpuState> {
  return new Promise((resolve) => {
    const child = fork(trainer, [], { execArgv: process.execArgv, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve(failed(`The self-test on the graphics card did not end within ${Math.round(limit / 1000)} s.`));
    }, limit);
    const end = (state: GpuState) => {
      clearTimeout(timer);
      resolve(state);
    };
    child.on('message', (message) => end(ofMessage(message as FromTrainer)));
    child.on('error', (error) => end(failed(`The self-test could not be started: ${error.message}.`)));
    child.on('exit', (code, signal) => end(failed(`The driver of the graphics card crashed in the self-test (${signal ?? code}).`)));
    child.send({ type: 'start', job: { task: 'gpu' } }, () => undefined);
  });
}

/** What a result is good for: another version, another driver, another answer. */
const key = (): string => [version, process.platform, process.arch, ...cardVariables.map((name) => process.env[name] ?? '')].join(' ');

const pathIn = (folder: string | undefined): string | null => (folder ? join(folder, 'gpu.json') : null);

async function remembered(path: string | null): Promise<GpuState | null> {
  if (path === null) return null;
  try {
    const known = rememberedSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const holds = known.key === key() && (known.result.state === 'ready' || Date.now() - known.at < DAY);
    return holds ? known.result : null;
  } catch {
    // Never tried here, or the note is broken: then it is tried.
    return null;
  }
}

/** What was found out before; null where it has not been tried. */
export const knownGpuState = (folder = process.env[enginesVariable]): Promise<GpuState | null> => remembered(pathIn(folder));

/** What is known, or found out now. @param fresh tries again whatever is known */
export async function gpuState(
  fresh = false,
  { trainer = process.env[trainerVariable], folder = process.env[enginesVariable], limit = LIMIT }: Trying = {},
): Promise<GpuState> {
  const path = pathIn(folder);
  const known = fresh ? null : await remembered(path);
  if (known) return known;
  if (!trainer) return failed('The self-test cannot be started from here.');
  const result = await tryOut(trainer, limit);
  if (path !== null && folder) {
    await mkdir(folder, { recursive: true });
    await atomicWrite(path, `${JSON.stringify({ key: key(), at: Date.now(), result }, null, 2)}\n`);
  }
  return result;
}
