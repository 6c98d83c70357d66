// Reads a model file in a process of its own, with a limit on time and without a view of our surroundings. Whatever the file does to its
// reader, this process only sees an answer or none.

import { type ChildProcess, fork } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorDetails, NetwrightError } from '../../shared/lib/errors.ts';
import type { Host } from '../host.ts';
import { scrubbedEnvironment } from '../runs/trainerProcess.ts';
import type { ImportedModel } from './imported.ts';
import { modelError } from './modelError.ts';

export type ImportAnswer = { readonly model: ImportedModel } | { readonly error: ErrorDetails };

const entry = join(import.meta.dirname, 'importChild.ts');
const patience = { base: 30_000, perMegabyte: 200 } as const;
const heapMegabytes = 4096;

/** @throws NetwrightError of kind `project` where the file is no whole model, or its reader did not come to an end */
export async function importModel(host: Pick<Host, 'node'>, path: string): Promise<ImportedModel> {
  const size = (await stat(path).catch(() => null))?.size ?? 0;
  const execArgv = ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${heapMegabytes}`];
  const child = fork(entry, [], {
    execPath: host.node,
    execArgv,
    env: scrubbedEnvironment(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), patience.base + (patience.perMegabyte * size) / 1e6);
  try {
    const answer = await answerOf(child, path);
    if ('error' in answer) throw new NetwrightError(answer.error);
    return answer.model;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

function answerOf(child: ChildProcess, path: string): Promise<ImportAnswer> {
  return new Promise((resolve, reject) => {
    child.once('message', (answer) => resolve(answer as ImportAnswer));
    child.once('error', (error) =>
      reject(modelError('import-start', path, `The importer could not be started: ${error.message}. “netwright doctor” says what is missing.`)),
    );
    child.once('close', (_, signal) =>
      reject(
        modelError(
          signal === 'SIGKILL' ? 'import-endless' : 'import-ended',
          path,
          `${path} could not be read: its reader was ended before it was done. The file may be damaged or made to do harm; save the model again where it came from.`,
        ),
      ),
    );
    child.send(path, () => undefined);
  });
}
