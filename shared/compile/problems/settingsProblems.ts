// What a training would be refused for because of its settings, whatever the network: an optimizer, a schedule or a callback that is not there
// or cannot work so, a split that leaves nothing to train on. Forms keep to what is possible; files and later versions need not.

import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { NetwrightError } from '../../lib/errors.ts';
import type { Network } from '../../network/network.ts';
import type { Problem, Repair } from '../../network/problem.ts';
import { Callbacks, callbacks as known } from '../../training/callbacks/index.ts';
import { optimizers, resolveOptimizer } from '../../training/optimizers/index.ts';
import { metrics } from '../../training/metrics/index.ts';
import { resolveSchedule, schedules } from '../../training/schedules/index.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../training/settings.ts';
import { splitOf, watchable } from '../../training/split.ts';
import type { Predicted } from '../programs/forward.ts';
import { metricParametersOf, metricsFor } from '../programs/objective.ts';
import { objectivesOf } from '../programs/objectives.ts';
import { reportedKeys } from '../programs/score.ts';

/** What training would throw; null where it would not. */
function thrownBy(act: () => unknown): NetwrightError | null {
  try {
    act();
    return null;
  } catch (thrown) {
    if (thrown instanceof NetwrightError) return thrown;
    throw thrown;
  }
}

function orNone<T>(act: () => readonly T[]): readonly T[] {
  try {
    return act();
  } catch (thrown) {
    if (thrown instanceof NetwrightError) return [];
    throw thrown;
  }
}

type Change = readonly [label: string, settings: Repair['settings']];

/** A problem of the network as a whole, in the words of the refusal. */
function refused(error: NetwrightError | null, changes: readonly Change[]): Problem[] {
  if (!error) return [];
  return [
    {
      severity: 'error',
      code: error.code,
      what: error.message,
      where: 'the training settings',
      repairs: changes.map(([label, settings]) => ({ label, edits: [], settings })),
      nodes: [],
      edges: [],
    },
  ];
}

/** The words of a list for one of its entries; null where it has none of that name. */
const titleIn = (list: Readonly<Record<string, { readonly title: string }>>, id: string): string | null =>
  Object.hasOwn(list, id) ? (list[id]?.title ?? null) : null;

function ofOptimizer({ optimizer }: TrainingSettings): Problem[] {
  const title = titleIn(optimizers, optimizer.id);
  const own: Change[] = title === null ? [] : [[`Use the defaults of ${title}`, { optimizer: { id: optimizer.id, parameters: {} } }]];
  const adam: Change[] = optimizer.id === 'adam' ? [] : [['Choose Adam', { optimizer: defaultTrainingSettings.optimizer }]];
  return refused(
    thrownBy(() => resolveOptimizer(optimizer)),
    [...own, ...adam],
  );
}

function ofSchedule({ schedule }: TrainingSettings): Problem[] {
  if (!schedule) return [];
  const title = titleIn(schedules, schedule.id);
  const own: Change[] = title === null ? [] : [[`Use the defaults of ${title}`, { schedule: { id: schedule.id, parameters: {} } }]];
  return refused(
    thrownBy(() => resolveSchedule({ schedule }, 1)),
    [...own, ['Keep the learning rate constant', { schedule: undefined }]],
  );
}

/** The callbacks without one. */
const without = (all: NonNullable<TrainingSettings['callbacks']>, place: number): TrainingSettings['callbacks'] =>
  all.length === 1 ? undefined : all.filter((_, i) => i !== place);

const leaveOut = (all: NonNullable<TrainingSettings['callbacks']>, place: number): Change => {
  const id = all[place]?.id ?? '';
  return [`Leave out ${titleIn(known, id) ?? id}`, { callbacks: without(all, place) }];
};

interface Refused {
  readonly error: NetwrightError;
  readonly place: number;
}

/** The first callback that is impossible by itself. */
function eachRefused(all: NonNullable<TrainingSettings['callbacks']>): Refused | null {
  for (const [place, one] of all.entries()) {
    const error = thrownBy(() => new Callbacks({ callbacks: [one] }));
    if (error) return { error, place };
  }
  return null;
}

/** The first callback that makes them impossible, with its place; what those before it say is right. */
function firstRefused(settings: TrainingSettings, act: (callbacks: Callbacks) => void): Refused | null {
  const all = settings.callbacks ?? [];
  for (const place of all.keys()) {
    const error = thrownBy(() => act(new Callbacks({ ...settings, callbacks: all.slice(0, place + 1) })));
    if (error) return { error, place };
  }
  return null;
}

/** Callbacks that are not there, have impossible parameters, or get in each other's way. */
function ofCallbacks(settings: TrainingSettings): Problem[] {
  const all = settings.callbacks ?? [];
  // In the order of a training: each by itself, then one beside another, then beside a schedule.
  const found = eachRefused(all) ?? firstRefused({ ...settings, schedule: undefined }, () => undefined) ?? firstRefused(settings, () => undefined);
  if (!found) return [];
  const { error, place } = found;
  const constant: Change[] = error.where === 'training.schedule' ? [['Keep the learning rate constant', { schedule: undefined }]] : [];
  return refused(error, [leaveOut(all, place), ...constant]);
}

/** Callbacks that watch what an epoch does not give. @param keys what it gives beside the loss */
function ofWatched(settings: TrainingSettings, samples: number, keys: readonly string[]): Problem[] {
  const all = settings.callbacks ?? [];
  const split = splitOf(settings, samples);
  const found = firstRefused(settings, (callbacks) => callbacks.requireWatched(watchable(keys, split)));
  if (!found) return [];
  const { error, place } = found;
  const usual: Change = [`Validate with ${defaultTrainingSettings.validationSplit * 100} % of the samples`, { validationSplit: 0.1 }];
  const helps = split.validation === 0 && firstRefused({ ...settings, validationSplit: 0.1 }, (one) => one.requireWatched(watchedWith(keys))) === null;
  return refused(error, [...(helps ? [usual] : []), leaveOut(all, place)]);
}

const watchedWith = (keys: readonly string[]): string[] => watchable(keys, { validation: 1 });

function ofSplit(settings: TrainingSettings, { samples }: DatasetDescriptor): Problem[] {
  const all: Change[] = samples.train > 0 ? [['Train on all samples, without validation', { validationSplit: 0, limit: null }]] : [];
  return refused(
    thrownBy(() => splitOf(settings, samples.train)),
    all,
  );
}

/** Whether a metric's parameters are possible. */
export const hasParameters = (id: string, settings: TrainingSettings): boolean => thrownBy(() => metricParametersOf(id, settings)) === null;

/** Parameters of metrics that are impossible, each metric told once. @param outputs with what they answer */
export function metricParameterProblems(outputs: readonly Pick<Predicted, 'one' | 'target'>[], settings: TrainingSettings): Problem[] {
  const several = outputs.length > 1;
  // Metrics that are not there, or say nothing here, are told elsewhere.
  const used = outputs.flatMap(({ one, target }) => orNone(() => metricsFor(settings, target, one.node.output, several)));
  return [...new Set(used)].flatMap((id) => {
    const { [id]: _, ...others } = settings.metricParameters ?? {};
    const change: Change = [`Use the defaults of ${titleIn(metrics, id) ?? id}`, { metricParameters: Object.keys(others).length > 0 ? others : undefined }];
    return refused(
      thrownBy(() => metricParametersOf(id, settings)),
      [change],
    );
  });
}

/** What stands in the settings alone. @param dataset null while none is chosen: what depends on it is not told */
export function settingsProblems(settings: TrainingSettings, dataset: DatasetDescriptor | null): Problem[] {
  return [...ofOptimizer(settings), ...ofSchedule(settings), ...ofCallbacks(settings), ...(dataset ? ofSplit(settings, dataset) : [])];
}

/** What callbacks watch in vain. @param network without errors, and so the settings */
export function watchedProblems(network: Network, dataset: DatasetDescriptor, settings: TrainingSettings): Problem[] {
  if (!settings.callbacks?.length) return [];
  const { train } = dataset.samples;
  // The loss is always there: only who watches something else asks what each output reports.
  if (ofWatched(settings, train, []).length === 0) return [];
  return ofWatched(settings, train, reportedKeys(objectivesOf(network, dataset, settings)));
}
