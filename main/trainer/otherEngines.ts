// Where an engine cannot do a network: which of the others can, found out by letting each do a step of it. Nobody is named who was not asked.

import { NetwrightError } from '../../shared/lib/errors.ts';
import type { JobOf } from '../../shared/protocol/trainer.ts';
import { type Measure, measureStep } from './choose.ts';
import type { Engine } from './engines/engine.ts';
import { engineIds, engineTitle, loadEngine } from './engines/index.ts';

type Job = JobOf<'train'>;

interface Asking {
  readonly load: (id: Engine['id']) => Promise<Engine>;
  /** Does a step; fails where the engine cannot. */
  readonly attempt: Measure;
}
const asking: Asking = { load: (engine) => loadEngine({ engine, device: 'auto' }), attempt: measureStep };

async function answerOf(id: Engine['id'], job: Job, { load, attempt }: Asking): Promise<string> {
  const title = engineTitle(id);
  try {
    const engine = await load(id);
    try {
      await attempt(engine, job);
      return `${title} can: choose it as the engine.`;
    } catch (error) {
      return `${title} cannot either: ${(error as Error).message}`;
    }
  } catch (error) {
    return `Whether ${title} can is not known: ${(error as Error).message}`;
  }
}

/** Trains; a refusal of the engine comes back with what the other engines say to the same network. */
export async function orAskOthers(job: Job, engine: Pick<Engine, 'id'>, train: () => Promise<void>, ask: Asking = asking): Promise<void> {
  try {
    await train();
  } catch (error) {
    if (!(error instanceof NetwrightError) || error.code !== 'unsupported-operation') throw error;
    const answers: string[] = [];
    for (const id of engineIds.filter((one) => one !== engine.id)) answers.push(await answerOf(id, job, ask));
    const { kind, code, where } = error;
    throw new NetwrightError({ kind, code, where, message: [error.message, ...answers].join(' ') });
  }
}
