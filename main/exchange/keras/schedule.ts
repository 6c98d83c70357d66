// Learning rate schedules in Keras' files: an object in the place of the learning rate.

import type { Fields } from '../../../shared/lib/fields.ts';
import { numbersIn } from '../../../shared/layers/preprocessing/numberList.ts';
import type { Json } from '../../../shared/project/plainJson.ts';
import type { AnySchedule } from '../../../shared/training/contracts.ts';
import { resolveSchedule, scheduleOf, schedules } from '../../../shared/training/schedules/index.ts';
import type { ChosenSettings, TrainingSettings } from '../../../shared/training/settings.ts';
import type { Notes } from '../notes.ts';
import { kerasName, asFloat, withFloats } from './floats.ts';
import { isObject, type KerasObject, objectOr } from './savedModel.ts';

/** The steps of the whole run, which a schedule without decay steps falls over. */
function totalSteps({ limit, validationSplit, batchSize, epochs }: TrainingSettings, samples: number): number {
  const used = Math.floor(Math.min(limit ?? samples, samples) * (1 - validationSplit));
  return Math.max(1, Math.ceil(used / batchSize) * epochs);
}

const lists = ['boundaries', 'values'];
/** What of a run Keras must be told in numbers. */
const spans = ['decaySteps', 'firstDecaySteps'];

/** The schedule as Keras keeps it; null where the rate stays. */
export function writtenSchedule(settings: TrainingSettings, initial: number, samples: number): KerasObject | null {
  const { schedule } = settings;
  if (!schedule || schedule.id === schedules.constant.id) return null;
  const steps = totalSteps(settings, samples);
  resolveSchedule(settings, steps);
  const definition = scheduleOf(schedule.id);
  const { keras, fields } = definition;
  const entries = Object.entries(fields as Fields).map(([key, field]) => {
    const value = schedule.parameters[key] ?? field.default;
    if (lists.includes(key)) return [key, key === 'values' ? numbersIn(String(value)).map(asFloat) : numbersIn(String(value))];
    return [kerasName(key, field), spans.includes(key) && value === null ? steps : value];
  });
  const own = keras === schedules.piecewiseConstantDecay.keras ? {} : { initial_learning_rate: asFloat(schedule.parameters['initialRate'] ?? initial) };
  const config = withFloats(fields, { ...Object.fromEntries(entries), ...own }) as KerasObject;
  return { module: 'keras.optimizers.schedules', class_name: keras, config, registered_name: null };
}

export interface ReadSchedule {
  readonly schedule: ChosenSettings;
  /** Null where the schedule's values stand for it. */
  readonly learningRate: number | null;
}

/** What stands in the place of a learning rate, if it is a schedule; null where it is a number, or a schedule that is not known, which is told. */
export function readSchedule(value: Json | undefined, notes: Notes): ReadSchedule | null {
  if (!isObject(value ?? null)) return null;
  const { class_name, config } = value as KerasObject;
  const found = Object.values(schedules as Readonly<Record<string, AnySchedule>>).find(({ keras }) => keras !== '' && keras === class_name);
  if (!found) {
    notes.add(`The learning rate schedule “${String(class_name)}” has no counterpart; the rate stays as it is set.`);
    return null;
  }
  const stored = objectOr(config ?? null);
  const parameters = Object.entries(found.fields as Fields).flatMap(([key, field]) => {
    const given = stored[kerasName(key, field)];
    const read = lists.includes(key) && Array.isArray(given) ? given.join(', ') : given;
    return read === undefined || read === null || read === field.default || !field.schema.safeParse(read).success ? [] : [[key, read] as const];
  });
  const initial = stored['initial_learning_rate'];
  // A rate from 0 on can be no optimizer's own: then it is the schedule's.
  const isRate = typeof initial === 'number' && initial > 0;
  const own = parameters.filter(([key]) => !(key === 'initialRate' && isRate));
  return { schedule: { id: found.id, parameters: Object.fromEntries(own) as ChosenSettings['parameters'] }, learningRate: isRate ? initial : null };
}
