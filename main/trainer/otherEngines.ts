// Where an engine cannot do a network: which of the others can, found out by letting each do a step of it. Nobody is named who was not asked.

import { NetwrightError } from '../../shared/lib/errors.ts';
import type { JobOf } from '../../shared/protocol/trainer.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { type Measure, measureStep } from './choose.ts';
import type { Engine } from './engines/engine.ts';
import { loadEngine } from './engines/index.ts';

type Job = JobOf<'train'>;

type Place = Pick<TrainingSettings, 'engine' | 'device'>;

interface Asking {
  readonly load: (place: Place) => Promise<Engine>;
  /** Does a step; fails where the engine cannot. */
  readonly attempt: Measure;
}
const asking: Asking = { load: loadEngine, attempt: measureStep };
/** What a person can be told to choose instead; a graphics card is offered to nobody. */
const places = [
  { engine: 'onnxruntime', device: 'cpu', title: 'ONNX Runtime on the CPU' },
  { engine: 'tensorflow', device: 'auto', title: 'TensorFlow' },
] as const satisfies readonly (Place & { readonly title: string })[];
/** What says that an engine cannot do a network, not that the network or the data are wrong. */
const refusals = new Set(['unsupported-operation', 'device-unable']);

async function answerOf(place: (typeof places)[number], job: Job, { load, attempt }: Asking): Promise<string> {
  const { title } = place;
  try {
    const engine = await load(place);
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
export async function orAskOthers(job: Job, { id, device }: Pick<Engine, 'id' | 'device'>, train: () => Promise<void>, ask: Asking = asking): Promise<void> {
  try {
    await train();
  } catch (error) {
    if (!(error instanceof NetwrightError) || !refusals.has(error.code)) throw error;
    const answers: string[] = [];
    const others = places.filter((place) => place.engine !== id || (place.device === 'cpu' && device === 'gpu'));
    for (const place of others) answers.push(await answerOf(place, job, ask));
    const { kind, code, where } = error;
    throw new NetwrightError({ kind, code, where, message: [error.message, ...answers].join(' ') });
  }
}
