// How a Keras model was to be trained, as settings of ours: loss, optimizer, metrics. What has no counterpart is told, not guessed.

import { type Fields, schemaOf } from '../../../shared/lib/fields.ts';
import type { Json } from '../../../shared/project/plainJson.ts';
import { losses } from '../../../shared/training/losses/index.ts';
import type { AnyMetric } from '../../../shared/training/contracts.ts';
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
  if (outputs.length > 1) {
    const { own, measured } = outputsIn(training, outputs, notes);
    return { settings: { ...settings, ...withParameters(measured) }, outputs: own };
  }
  const { loss, parameters } = lossIn(only(training.loss ?? null), notes) ?? { loss: undefined, parameters: {} };
  const measured = withWeighted(metricsIn(training.metrics ?? null, notes), training.weighted_metrics ?? null, notes);
  const chosen = { ...(loss && { loss }), ...(Object.keys(parameters).length > 0 && { lossParameters: parameters }) };
  return { settings: { ...settings, ...chosen, metrics: [...measured.ids], ...withParameters([measured]) }, outputs: [] };
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

/** The parameters of metrics hold for all outputs. */
function withParameters(measured: readonly ReadMetrics[]): Pick<Partial<TrainingSettings>, 'metricParameters'> {
  const all: ReadMetrics['parameters'] = Object.assign({}, ...measured.map(({ parameters }) => parameters));
  return Object.keys(all).length > 0 ? { metricParameters: all } : {};
}

function outputsIn(
  training: KerasObject,
  outputs: readonly string[],
  notes: Notes,
): { readonly own: OutputSettings[]; readonly measured: readonly ReadMetrics[] } {
  const losses = perOutput(training.loss ?? null, outputs);
  const weights = perOutput(training.loss_weights ?? null, outputs);
  const weighted = perOutput(training.weighted_metrics ?? null, outputs);
  const measured = perOutput(training.metrics ?? null, outputs).map((list, i) => withWeighted(metricsIn(list, notes), weighted[i] ?? null, notes));
  const own = outputs.map((_, i): OutputSettings => {
    const chosen = lossIn(losses[i] ?? null, notes);
    // Where others have a loss, an output without one is not trained.
    const weight = losses[i] === null && losses.some((loss) => loss !== null) ? 0 : weights[i];
    const ids = measured[i]?.ids ?? [];
    return {
      ...(chosen && { loss: chosen.loss, ...(Object.keys(chosen.parameters).length > 0 && { lossParameters: chosen.parameters }) }),
      ...(typeof weight === 'number' && weight !== 1 && { lossWeight: tidy(weight) }),
      ...(ids.length > 0 && { metrics: [...ids] }),
    };
  });
  return { own, measured };
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
  const parameters: ReadLoss['parameters'] = parametersOf(found, usualReduction(named?.config ?? {}), notes);
  if (found.id === losses.huber.id && isObject(value) && !('delta' in (named?.config ?? {})))
    notes.add('Keras leaves the delta of Huber out of its files: here it is 1. Where it was another, set it in the training settings.');
  return { loss: found.id, parameters };
}

/** Older words for the mean over the batch. */
const usualReduction = ({ reduction = null, ...config }: KerasObject): KerasObject =>
  reduction === 'auto' || reduction === 'mean' ? config : { ...config, reduction };

/** Entries that say nothing of what is computed while they have these values, or whatever they are. */
const idleEntries: Readonly<Record<string, readonly Json[] | null>> = {
  ...{ name: null, dtype: null, fn: null },
  ...{ class_aggregation: ['uniform_average'], num_regressors: [0] },
  ...{
    axis: [-1],
    num_thresholds: [200],
    summation_method: ['interpolation'],
    multi_label: [false],
    from_logits: [false],
    label_smoothing: [0],
    thresholds: [0.5],
  },
};

/** What a loss or a metric is given beside its name; what cannot be carried is told with what stands in its place. */
function parametersOf({ title, fields }: { readonly title: string; readonly fields: Fields }, config: KerasObject, notes: Notes): ReadLoss['parameters'] {
  const parameters: ReadLoss['parameters'] = {};
  const entries = new Map(Object.entries(fields).map(([key, field]) => [kerasName(key, field), [key, field] as const]));
  for (const [entry, stored] of Object.entries(config)) {
    const [key, field] = entries.get(entry) ?? [];
    const given = typeof stored === 'number' ? tidy(stored) : field?.kind === 'text' && Array.isArray(stored) ? stored.join(', ') : stored;
    if (given === null || given === field?.default) continue;
    if (key !== undefined && field?.schema.safeParse(given).success) parameters[key] = given as number | boolean | string;
    else if (field || !isIdle(entry, given)) notes.add(leftOut(title, entry, typeof given === 'object' ? JSON.stringify(given) : String(given), field));
  }
  return parameters;
}

const leftOut = (title: string, entry: string, value: string, field: Fields[string] | undefined): string =>
  field ? `${title}: ${entry} ${value} left out; in its place is ${String(field.default)}.` : `${title}: ${entry} ${value} left out.`;

function isIdle(entry: string, value: Json): boolean {
  const idle = Object.hasOwn(idleEntries, entry) ? idleEntries[entry] : [];
  return idle === null || (idle?.includes(value) ?? false);
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

/** What scales the loss and back again for half precision is the optimizer inside. */
function unscaled(named: ReturnType<typeof namedIn>): ReturnType<typeof namedIn> {
  return named?.name === 'LossScaleOptimizer' ? namedIn(named.config.inner_optimizer ?? null) : named;
}

/** The optimizer, and the schedule that may stand in the place of its learning rate. */
function optimizerIn(value: Json, notes: Notes): Pick<Partial<TrainingSettings>, 'optimizer' | 'schedule'> {
  const named = value === null ? null : unscaled(namedIn(value));
  if (!named) return {};
  const found = Object.values(optimizers).find(({ keras }) => plain(keras) === plain(named.name));
  if (!found) {
    notes.add(`The optimizer “${named.name}” has no counterpart: trained further here it would be with Adam, and so otherwise than in Keras.`);
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
  // The factor is taken back before the step: it changes nothing in float32.
  const read = new Set(['name', 'lr', 'loss_scale_factor']);
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
/** Classes that have another name than their functions. */
const metricNames: Readonly<Record<string, string>> = { logcosherror: 'logcosh' };

function metricOf(name: string): string | undefined {
  const known = Object.values(metrics);
  const word = metricNames[wordOf(name)] ?? wordOf(name);
  const found = known.find(({ id, keras }) => [plain(id), wordOf(keras)].includes(word));
  return found?.id ?? (accuracies.includes(plain(name)) ? metrics.accuracy.id : undefined);
}

interface ReadMetrics {
  readonly ids: readonly string[];
  readonly parameters: NonNullable<TrainingSettings['metricParameters']>;
}

/** Each metric once, with its parameters. */
function metricsIn(value: Json, notes: Notes): ReadMetrics {
  const all = namesIn(value);
  const missing = all.filter(({ name }) => metricOf(name) === undefined).map(({ name }) => name);
  if (missing.length > 0) notes.add(`The ${missing.length === 1 ? 'metric' : 'metrics'} ${missing.join(', ')} left out.`);
  const parameters: Record<string, ReturnType<typeof parametersOf>> = {};
  const ids: string[] = [];
  for (const { name, config } of all) {
    const id = metricOf(name);
    if (id === undefined) continue;
    const found = (metrics as Readonly<Record<string, AnyMetric>>)[id] as AnyMetric;
    if (ids.includes(id)) {
      notes.add(`The metric ${textOr(config.name, name)} left out: ${found.title} is there already.`);
      continue;
    }
    ids.push(id);
    const given = parametersOf(found, config, notes);
    if (Object.keys(given).length > 0) parameters[id] = given;
  }
  return { ids, parameters };
}

/** With those that count samples by their weights; one that is there already, or is no mean, is told. */
function withWeighted(plain: ReadMetrics, value: Json, notes: Notes): ReadMetrics {
  const read = metricsIn(value, notes);
  const ids = read.ids.filter((id) => {
    const { title, isMean } = (metrics as Readonly<Record<string, AnyMetric>>)[id] as AnyMetric;
    const why = plain.ids.includes(id) ? 'it is there without weights already' : isMean ? null : 'it does not look at weights here';
    if (why) notes.add(`The weighted metric ${title} left out: ${why}.`);
    return why === null;
  });
  const parameters = Object.fromEntries(ids.map((id) => [id, { ...read.parameters[id], weighted: true }]));
  return { ids: [...plain.ids, ...ids], parameters: { ...plain.parameters, ...parameters } };
}

/** Metrics stand in lists, one for each output in some versions, by name or as objects (then with the name they were given). */
function namesIn(value: Json): { readonly name: string; readonly config: KerasObject }[] {
  if (Array.isArray(value)) return listOr(value).flatMap(namesIn);
  const named = value === null ? null : namedIn(value);
  if (!named) return [];
  const function_ = textOr(named.config.fn, textOr(named.config.name, named.name));
  return [{ name: named.name === 'MeanMetricWrapper' ? function_ : named.name, config: named.config }];
}
