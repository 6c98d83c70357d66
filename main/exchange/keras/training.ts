// How a Keras model was to be trained, as settings of ours: loss, optimizer, metrics. What has no counterpart is told, not guessed.

import { type Fields, schemaOf } from '../../../shared/lib/fields.ts';
import type { Json } from '../../../shared/project/plainJson.ts';
import { losses } from '../../../shared/training/losses/index.ts';
import { metrics } from '../../../shared/training/metrics/index.ts';
import { commonFields } from '../../../shared/training/optimizers/commonFields.ts';
import { type OptimizerId, optimizers } from '../../../shared/training/optimizers/index.ts';
import type { OutputSettings } from '../../../shared/network/network.ts';
import type { TrainingSettings } from '../../../shared/training/settings.ts';
import type { Notes } from '../notes.ts';
import { kerasName } from './floats.ts';
import { readSchedule } from './schedule.ts';
import { isObject, type KerasObject, listOr, objectOr, textOr } from './savedModel.ts';

export interface ReadTraining {
  readonly settings: Partial<TrainingSettings>;
  /** Of several outputs what each is trained for, in the model's order; empty for one. */
  readonly outputs: readonly OutputSettings[];
}

/**
 * @param training the compile settings; null where the model was never compiled
 * @param outputs the names of the model's outputs, in its order
 */
export function readTraining(training: KerasObject | null, outputs: readonly string[], notes: Notes): ReadTraining {
  if (!training) return { settings: {}, outputs: [] };
  const settings = optimizerIn(training.optimizer ?? training.optimizer_config ?? null, notes);
  if (outputs.length > 1) return { settings, outputs: outputsIn(training, outputs, notes) };
  const { loss, parameters } = lossIn(only(training.loss ?? null), notes) ?? { loss: undefined, parameters: {} };
  const metrics = metricsIn(training.metrics ?? null, notes);
  return { settings: { ...settings, ...(loss && { loss }), ...(Object.keys(parameters).length > 0 && { lossParameters: parameters }), metrics }, outputs: [] };
}

/** One output's loss may stand in a list or under its name. */
function only(value: Json): Json {
  if (Array.isArray(value) && value.length === 1) return value[0] ?? null;
  return isObject(value) && !('class_name' in value) && Object.keys(value).length === 1 ? (Object.values(value)[0] ?? null) : value;
}

/** What a setting says of each output: a list in their order, by their names, or (with names of its own) in the order of these. */
function perOutput(value: Json, outputs: readonly string[]): readonly Json[] {
  if (Array.isArray(value)) return outputs.map((_, i) => value[i] ?? null);
  if (!isObject(value) || 'class_name' in value) return outputs.map(() => value);
  const byName = outputs.some((name) => name in value);
  const keys = byName ? outputs : Object.keys(value).sort();
  return outputs.map((_, i) => value[keys[i] ?? ''] ?? null);
}

function outputsIn(training: KerasObject, outputs: readonly string[], notes: Notes): OutputSettings[] {
  const losses = perOutput(training.loss ?? null, outputs);
  const weights = perOutput(training.loss_weights ?? null, outputs);
  const metrics = perOutput(training.metrics ?? null, outputs);
  return outputs.map((_, i): OutputSettings => {
    const chosen = lossIn(losses[i] ?? null, notes);
    const weight = weights[i];
    const ids = metricsIn(metrics[i] ?? null, notes);
    return {
      ...(chosen && { loss: chosen.loss, ...(Object.keys(chosen.parameters).length > 0 && { lossParameters: chosen.parameters }) }),
      ...(typeof weight === 'number' && weight !== 1 && { lossWeight: tidy(weight) }),
      ...(ids.length > 0 && { metrics: ids }),
    };
  });
}

/** `keras.losses.mean_squared_error`, `MeanSquaredError`, `mse`: all as `meansquarederror`. */
const plain = (name: string): string =>
  name
    .replace(/^.*[.>]/, '')
    .replaceAll('_', '')
    .toLowerCase();
const shortNames: Readonly<Record<string, string>> = {
  mse: 'meansquarederror',
  mae: 'meanabsoluteerror',
  mape: 'meanabsolutepercentageerror',
  msle: 'meansquaredlogarithmicerror',
  kld: 'kldivergence',
  acc: 'accuracy',
};
const wordOf = (name: string): string => shortNames[plain(name)] ?? plain(name);

/** A name stands by itself, or as an object of a class or a function. */
function namedIn(value: Json): { readonly name: string; readonly config: KerasObject } | null {
  if (typeof value === 'string') return { name: value, config: {} };
  if (!isObject(value)) return null;
  const name = value.class_name === 'function' ? value.config : value.class_name;
  return typeof name === 'string' ? { name, config: objectOr(value.config) } : null;
}

interface ReadLoss {
  readonly loss: string;
  readonly parameters: Record<string, number | boolean | string | null>;
}

function lossIn(value: Json, notes: Notes): ReadLoss | null {
  const named = value === null ? null : namedIn(value);
  if (value === null) return null;
  const found = named && Object.values(losses).find(({ id, keras }) => [plain(id), plain(keras ?? id)].includes(wordOf(named.name)));
  if (!found) {
    notes.add(`The loss ${named ? `“${named.name}”` : 'of several outputs'} has no counterpart; it is set to automatic.`);
    return null;
  }
  const parameters: ReadLoss['parameters'] = {};
  for (const [key, field] of Object.entries(found.fields as Fields)) {
    const entry = kerasName(key, field),
      stored = named?.config[entry] ?? null,
      given = typeof stored === 'number' ? tidy(stored) : stored;
    if (given === null || given === field.default) continue;
    if (field.schema.safeParse(given).success) parameters[key] = given as number | boolean | string;
    else notes.add(`${found.title}: ${entry} ${String(given)} left out; it is trained with ${String(field.default)}.`);
  }
  return { loss: found.id, parameters };
}

/** 0.0010000000474974513 is what float32 makes of 0.001. */
const tidy = (value: number): number => (Math.abs(Number(value.toPrecision(6)) - value) <= 2e-7 * Math.abs(value) ? Number(value.toPrecision(6)) : value);

/** Entries of every optimizer that mean nothing while they have these values. */
const idle: Readonly<Record<string, Json>> = {
  use_ema: false,
  ema_momentum: 0.99,
  weight_decay: 0,
  decay: 0,
  jit_compile: false,
  is_legacy_optimizer: false,
  amsgrad: false,
};

/** The optimizer, and the schedule that may stand in the place of its learning rate. */
function optimizerIn(value: Json, notes: Notes): Pick<Partial<TrainingSettings>, 'optimizer' | 'schedule'> {
  const named = value === null ? null : namedIn(value);
  if (!named) return {};
  const found = Object.values(optimizers).find(({ keras }) => plain(keras) === plain(named.name));
  if (!found) {
    notes.add(`The optimizer “${named.name}” has no counterpart; Adam stands in its place.`);
    return {};
  }
  const config: KerasObject = 'lr' in named.config ? { ...named.config, learning_rate: named.config.lr ?? null } : named.config;
  const scheduled = readSchedule(config.learning_rate, notes);
  const fixed = isObject(config.learning_rate) ? { ...config, learning_rate: scheduled?.learningRate ?? null } : config;
  const optimizer = { id: found.id as OptimizerId, parameters: parametersIn(found.fields, fixed, `${found.title}`, notes) };
  return { optimizer, ...(scheduled && { schedule: scheduled.schedule }) };
}

function parametersIn(fields: Fields, config: KerasObject, title: string, notes: Notes): TrainingSettings['optimizer']['parameters'] {
  const parameters: Record<string, number | boolean> = {};
  const read = new Set(['name', 'lr']);
  for (const [key, field] of Object.entries(fields)) {
    const entry = kerasName(key, field);
    read.add(entry);
    const value = config[entry];
    if (value === undefined || value === null) continue;
    const given = typeof value === 'number' ? tidy(value) : value;
    if (key in commonFields && (given === field.default || given === idle[entry])) continue;
    if (schemaOf({ [key]: field }).safeParse({ [key]: given }).success) parameters[key] = given as number | boolean;
    else notes.add(`${title}: ${entry} is not a fixed value; ${field.label.toLowerCase()} keeps its default.`);
  }
  const left = Object.entries(config).filter(
    ([entry, value]) => !read.has(entry) && value !== null && value !== (idle[entry] ?? null) && entry !== 'ema_momentum',
  );
  if (left.length > 0) notes.add(`${title}: ${left.map(([entry]) => entry).join(', ')} left out.`);
  return parameters;
}

/** Keras has a word for every form of labels; ours fits itself to them. */
const accuracies = ['binaryaccuracy', 'categoricalaccuracy', 'sparsecategoricalaccuracy'];

function metricOf(name: string): string | undefined {
  const known = Object.values(metrics);
  const found = known.find(({ id, keras }) => [plain(id), wordOf(keras)].includes(wordOf(name)));
  return found?.id ?? (accuracies.includes(plain(name)) ? metrics.accuracy.id : undefined);
}

function metricsIn(value: Json, notes: Notes): string[] {
  const names = namesIn(value);
  const missing = names.filter((name) => metricOf(name) === undefined);
  if (missing.length > 0) notes.add(`The ${missing.length === 1 ? 'metric' : 'metrics'} ${missing.join(', ')} left out.`);
  return [...new Set(names.flatMap((name) => metricOf(name) ?? []))];
}

/** Metrics stand in lists, one for each output in some versions, by name or as objects (then with the name they were given). */
function namesIn(value: Json): string[] {
  if (Array.isArray(value)) return listOr(value).flatMap(namesIn);
  const named = value === null ? null : namedIn(value);
  if (!named) return [];
  const function_ = textOr(named.config.fn, textOr(named.config.name, named.name));
  return [named.name === 'MeanMetricWrapper' ? function_ : named.name];
}
