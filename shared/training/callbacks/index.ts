// The list of callbacks, and those of one run together. Adding one is a file, its test and a line here.

import { NetwrightError } from '../../lib/errors.ts';
import type { AnyCallback, CallbackState, CallbackWish, EpochSeen } from '../contracts.ts';
import { resolveParameters } from '../parameters.ts';
import type { TrainingSettings } from '../settings.ts';
import { lookUp } from '../unknown.ts';
import { bestCheckpoint } from './bestCheckpoint.ts';
import { earlyStopping } from './earlyStopping.ts';
import { reduceLrOnPlateau } from './reduceLrOnPlateau.ts';
import { stopAtThreshold } from './stopAtThreshold.ts';

export const callbacks = { earlyStopping, reduceLrOnPlateau, stopAtThreshold, bestCheckpoint } as const satisfies Readonly<Record<string, AnyCallback>>;

/** What all callbacks of a run remember, by id. */
export type CallbackStates = Readonly<Record<string, CallbackState>>;

interface Chosen {
  readonly definition: AnyCallback;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What is to be done after an epoch: the rate from now on, whose best weights these are, the words of who wants to stop. */
export interface EpochDecision {
  readonly learningRate: number;
  readonly keep: readonly string[];
  readonly stop: string | null;
}

const refuse = (where: string, message: string): never => {
  throw new NetwrightError({ kind: 'project', code: 'callback-misfit', where, message });
};

/** The callbacks of one run. */
export class Callbacks {
  private readonly chosen: readonly Chosen[];
  private states: Record<string, CallbackState>;

  /** @throws NetwrightError for an unknown callback, an unknown parameter or a value out of range */
  constructor({ callbacks: given = [], schedule }: Pick<TrainingSettings, 'callbacks' | 'schedule'>, states: CallbackStates = {}) {
    this.chosen = given.map(({ id, parameters }) => {
      const definition = lookUp<AnyCallback>(callbacks, id, 'callback', 'training.callbacks');
      const { title, fields } = definition;
      return { definition, parameters: resolveParameters({ title, fields, place: `training.callbacks.${id}`, what: 'callback' }, parameters) };
    });
    const twice = given.find(({ id }, i) => given.findIndex((other) => other.id === id) !== i);
    if (twice) refuse('training.callbacks', `${twice.id} is there twice (training.callbacks). Leave one out.`);
    if (schedule && schedule.id !== 'constant' && given.some(({ id }) => id === reduceLrOnPlateau.id))
      refuse('training.schedule', `A schedule and reduceLrOnPlateau cannot both set the learning rate (training.schedule, training.callbacks). Leave one out.`);
    this.states = Object.fromEntries(this.chosen.map(({ definition: { id, start } }) => [id, states[id] ?? start]));
  }

  /** @throws NetwrightError where one watches a value that the run does not give */
  requireWatched(keys: readonly string[]): void {
    for (const { definition, parameters } of this.chosen) {
      const monitor = String(parameters['monitor']);
      if (keys.includes(monitor)) continue;
      const hint = monitor.startsWith('val_') && !keys.some((key) => key.startsWith('val_')) ? ' Set a validation split above 0, or watch one of these.' : '';
      refuse(
        `training.callbacks.${definition.id}.monitor`,
        `${definition.title} watches “${monitor}”, but an epoch gives: ${keys.join(', ')} (training.callbacks.${definition.id}.monitor).${hint}`,
      );
    }
  }

  /** Every callback sees the epoch, in order; the first that wants to stop gives the words. */
  epoch(seen: EpochSeen): EpochDecision {
    let { learningRate } = seen;
    const keep: string[] = [];
    let stop: string | null = null;
    for (const { definition, parameters } of this.chosen) {
      const wish: CallbackWish = definition.epoch(this.states[definition.id] ?? definition.start, { ...seen, learningRate }, parameters);
      this.states = { ...this.states, [definition.id]: wish.state };
      learningRate = wish.learningRate ?? learningRate;
      if (wish.keep) keep.push(definition.id);
      if (wish.stop) stop ??= `${definition.title} after epoch ${seen.epoch}: ${wish.stop}`;
    }
    return { learningRate, keep, stop };
  }

  /** Whose best weights end the run, if anybody's: the last in order. */
  restoring(): string | null {
    return this.chosen.findLast(({ definition, parameters }) => definition.restores(parameters))?.definition.id ?? null;
  }

  state(): CallbackStates {
    return this.states;
  }
}
