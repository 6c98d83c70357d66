// How a Keras model was to be trained, as settings of ours: loss, optimizer, metrics. What has no counterpart is told, not guessed.

import { type Fields, schemaOf } from '../../../shared/lib/fields.ts';
import type { Json } from '../../../shared/project/plainJson.ts';
import { losses } from '../../../shared/training/losses/index.ts';
import { commonFields } from '../../../shared/training/optimizers/commonFields.ts';
import { type OptimizerId, optimizers } from '../../../shared/training/optimizers/index.ts';
import type { OutputSettings } from '../../../shared/network/network.ts';
import type { TrainingSettings } from '../../../shared/training/settings.ts';
import type { Notes } from '../notes.ts';
import { kerasName } from './floats.ts';
import { type GivenParameters, namedIn, parametersOf, plain, tidy, wordOf } from './given.ts';
import { metricsIn } from './measured.ts';
import { readSchedule } from './schedule.ts';
import { isObject, type KerasObject } from './savedModel.ts';

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
    const { own, parameters } = outputsIn(training, outputs, notes);
    return { settings: { ...settings, ...withParameters(parameters) }, outputs: own };
  }
  const { loss, parameters } = lossIn(only(training.loss ?? null), notes) ?? { loss: undefined, parameters: {} };
  const measured = metricsIn([{ metrics: training.metrics ?? null, weighted: training.weighted_metrics ?? null }], notes);
  const chosen = { ...(loss && { loss }), ...(Object.keys(parameters).length > 0 && { lossParameters: parameters }) };
  return { settings: { ...settings, ...chosen, metrics: [...(measured.ids[0] ?? [])], ...withParameters(measured.parameters) }, outputs: [] };
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

type MetricParameters = NonNullable<TrainingSettings['metricParameters']>;
const withParameters = (all: MetricParameters): Pick<Partial<TrainingSettings>, 'metricParameters'> =>
  Object.keys(all).length > 0 ? { metricParameters: all } : {};

/** Beside losses in a list, Keras takes weights told by names in the order of the alphabet, whatever the names are. */
function lossWeightsIn({ loss = null, loss_weights: given = null }: KerasObject): Json {
  if (!Array.isArray(loss) || !isObject(given)) return given;
  return Object.keys(given)
    .sort()
    .map((name) => given[name] ?? null);
}

function outputsIn(training: KerasObject, outputs: readonly string[], notes: Notes): { readonly own: OutputSettings[]; readonly parameters: MetricParameters } {
  const losses = perOutput(training.loss ?? null, outputs);
  const weights = perOutput(lossWeightsIn(training), outputs);
  const weighted = perOutput(training.weighted_metrics ?? null, outputs);
  const { ids: measured, parameters } = metricsIn(
    perOutput(training.metrics ?? null, outputs).map((list, i) => ({ metrics: list, weighted: weighted[i] ?? null })),
    notes,
  );
  const own = outputs.map((_, i): OutputSettings => {
    const chosen = lossIn(losses[i] ?? null, notes);
    // Where others have a loss, an output without one is not trained.
    const weight = losses[i] === null && losses.some((loss) => loss !== null) ? 0 : weights[i];
    const ids = measured[i] ?? [];
    return {
      ...(chosen && { loss: chosen.loss, ...(Object.keys(chosen.parameters).length > 0 && { lossParameters: chosen.parameters }) }),
      ...(typeof weight === 'number' && weight !== 1 && { lossWeight: tidy(weight) }),
      ...(ids.length > 0 && { metrics: [...ids] }),
    };
  });
  return { own, parameters };
}

interface ReadLoss {
  readonly loss: string;
  readonly parameters: GivenParameters;
}

function lossIn(value: Json, notes: Notes): ReadLoss | null {
  const named = value === null ? null : namedIn(value);
  if (value === null) return null;
  const found = named && Object.values(losses).find(({ id, keras }) => [plain(id), plain(keras ?? id)].includes(wordOf(named.name)));
  if (!found) {
    notes.add(`The loss ${named ? `“${named.name}”` : 'of several outputs'} has no counterpart; it is set to automatic.`);
    return null;
  }
  const parameters = parametersOf(found, usualReduction(named?.config ?? {}), notes);
  if (found.id === losses.huber.id && isObject(value) && !('delta' in (named?.config ?? {})))
    notes.add('Keras leaves the delta of Huber out of its files: here it is 1. Where it was another, set it in the training settings.');
  return { loss: found.id, parameters };
}

/** Older words for the mean over the batch. */
const usualReduction = ({ reduction = null, ...config }: KerasObject): KerasObject =>
  reduction === 'auto' || reduction === 'mean' ? config : { ...config, reduction };

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
