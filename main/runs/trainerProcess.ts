// One trainer as a child process: started with a scrubbed environment, watched to its end, and its end told in words.

import { type ChildProcess, fork } from 'node:child_process';
import type { ErrorDetails } from '../../shared/lib/errors.ts';
import { type FromTrainer, fromTrainerSchema, type ToTrainer, type TrainerJob } from '../../shared/protocol/trainer.ts';
import { enginesVariable, trainerVariable } from '../files/installedEngine.ts';
import { cardVariables } from '../files/cardVariables.ts';
import type { Host } from '../host.ts';

export interface TrainerProcess {
  readonly pid: number | undefined;
  send(message: ToTrainer): void;
  /** Ends it at once. */
  kill(): void;
}

export interface TrainerListener {
  message(message: FromTrainer): void;
  /** Once, when the process is gone; the error is what its exit means where it did not say so itself. */
  end(exit: ErrorDetails): void;
}

/** What a child process may know of its surroundings: no tokens, no settings of other programs. */
const passedOn = [
  'PATH',
  'NODE_COMPILE_CACHE',
  'HOME',
  'USERPROFILE',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SYSTEMROOT',
  'LANG',
  'LC_ALL',
  'NETWRIGHT_DATA_MEMORY',
  'NVIDIA_TF32_OVERRIDE',
  ...cardVariables,
];
export const scrubbedEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));

/** What was said last, without the places in the code. */
const lastWords = (stderr: string): string => {
  const lines = stderr.split('\n').filter((line) => !/^\s*(at |Node\.js v|\^*$)/.test(line));
  const words = lines.slice(-3).join(' ').trim().slice(-400);
  return words === '' ? '' : ` Its last words: ${words}`;
};

/** What an unasked-for end means. */
export function exitError(code: number | null, signal: NodeJS.Signals | null, stderr: string): ErrorDetails {
  const error = (code_: string, message: string): ErrorDetails => ({ kind: 'work', code: code_, message });
  if (/heap out of memory|bad_alloc|Failed to allocate memory/i.test(stderr))
    return error('out-of-memory', 'The trainer ran out of memory. Use a smaller batch size or a smaller network.');
  if (signal === 'SIGKILL')
    return error(
      'trainer-killed',
      'The trainer was killed from outside (SIGKILL). When memory is short the system does so: close other programs, or use a smaller batch size. The run can be resumed from its last checkpoint.',
    );
  if (signal)
    return error('trainer-killed', `The trainer was ended by the signal ${signal}.${lastWords(stderr)} The run can be resumed from its last checkpoint.`);
  return error(
    'trainer-crashed',
    `The trainer ended unexpectedly with exit status ${code}.${lastWords(stderr)} The run can be resumed from its last checkpoint.`,
  );
}

function listen(child: ChildProcess, listener: TrainerListener): void {
  let stderr = '';
  let ended = false;
  const end = (error: ErrorDetails) => {
    if (!ended) listener.end(error);
    ended = true;
  };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void (stderr = (stderr + text).slice(-8000)));
  child.on('message', (message) => {
    if (!ended && fromTrainerSchema.safeParse(message).success) listener.message(message as FromTrainer);
  });
  child.on('error', (error) =>
    end({ kind: 'work', code: 'trainer-start', message: `The trainer could not be started: ${error.message}. “netwright doctor” says what is missing.` }),
  );
  // After `close` all messages and all of stderr have been read, which is not so after `exit`.
  child.on('close', (code, signal) => end(exitError(code, signal, stderr)));
}

/** Starts a trainer and gives it its job. */
export function startTrainer(host: Pick<Host, 'node' | 'trainer' | 'engines'>, job: TrainerJob, listener: TrainerListener): TrainerProcess {
  const child = fork(host.trainer, [], {
    execPath: host.node,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...scrubbedEnvironment(), [enginesVariable]: host.engines, [trainerVariable]: host.trainer },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  listen(child, listener);
  // A child that is gone already shows itself by its end.
  const send = (message: ToTrainer) => void (child.connected && child.send(message, () => undefined));
  send({ type: 'start', job });
  return { pid: child.pid, send, kill: () => void child.kill('SIGKILL') };
}

/** Runs a job that ends with one message. @throws NetwrightError-like details where it fails */
export function runTask(host: Pick<Host, 'node' | 'trainer' | 'engines'>, job: TrainerJob): Promise<FromTrainer> {
  return new Promise((resolve) => {
    let last: FromTrainer | null = null;
    startTrainer(host, job, { message: (message) => void (last = message), end: (error) => resolve(last ?? { type: 'failed', error }) });
  });
}
