// The settings of a training: the project's own, changed by what the command line says.

import { callbacks, Callbacks } from '../../shared/training/callbacks/index.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { lossOf, losses } from '../../shared/training/losses/index.ts';
import { metricOf, metrics } from '../../shared/training/metrics/index.ts';
import { optimizers, resolveOptimizer } from '../../shared/training/optimizers/index.ts';
import { resolveParameters } from '../../shared/training/parameters.ts';
import { resolveSchedule, schedules } from '../../shared/training/schedules/index.ts';
import { checked, named } from './named.ts';

export interface SettingFlags {
  readonly loss?: string;
  readonly optimizer?: string;
  readonly learningRate?: number;
  readonly metrics?: readonly string[];
  readonly schedule?: string;
  readonly callback?: readonly string[];
  readonly classWeights?: Readonly<Record<string, number>>;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly validationSplit?: number;
  readonly limit?: number;
  readonly seed?: number;
  /** Commander's form of --no-shuffle. */
  readonly shuffle?: boolean;
  readonly engine?: TrainingSettings['engine'];
  readonly device?: TrainingSettings['device'];
}

type Changes = Partial<TrainingSettings>;

function optimizerFrom(own: TrainingSettings, { optimizer, learningRate }: SettingFlags): Changes {
  if (optimizer === undefined && learningRate === undefined) return {};
  const chosen = optimizer === undefined ? { id: own.optimizer.id, parameters: {} } : named(optimizers, optimizer);
  // Another optimizer's parameters mean other things: they start from its own defaults.
  const before = chosen.id === own.optimizer.id ? own.optimizer.parameters : {};
  const parameters = { ...before, ...chosen.parameters, ...(learningRate === undefined ? {} : { learningRate }) };
  const settings = { optimizer: { id: chosen.id, parameters: parameters as TrainingSettings['optimizer']['parameters'] } };
  checked(optimizer === undefined ? '--learning-rate' : '--optimizer', () => resolveOptimizer(settings.optimizer));
  return settings;
}

function lossFrom({ loss }: SettingFlags): Changes {
  if (loss === undefined) return {};
  const { id, parameters } = named(losses, loss);
  if (id === 'auto') return { loss: id, lossParameters: undefined };
  checked('--loss', () => {
    const { title, fields } = lossOf(id);
    resolveParameters({ title, fields, place: 'training.lossParameters', what: 'loss' }, parameters);
  });
  return { loss: id, lossParameters: parameters };
}

function metricsFrom({ metrics: names }: SettingFlags): Changes {
  if (names === undefined) return {};
  const chosen = names.map((name) => named(metrics, shortMetrics[name.toLowerCase()] ?? name));
  checked('--metrics', () => {
    for (const { id, parameters } of chosen) {
      const { title, fields } = metricOf(id);
      resolveParameters({ title, fields, place: `training.metricParameters.${id}`, what: 'metric' }, parameters);
    }
  });
  const set = chosen.filter(({ parameters }) => Object.keys(parameters).length > 0);
  return {
    metrics: chosen.map(({ id }) => id),
    metricParameters: set.length === 0 ? undefined : Object.fromEntries(set.map(({ id, parameters }) => [id, parameters])),
  };
}
/** What people say for them. */
const shortMetrics: Readonly<Record<string, string>> = { rmse: 'rootMeanSquaredError', r2: 'r2Score', f1: 'f1Score', mape: 'meanAbsolutePercentageError' };

function scheduleFrom({ schedule }: SettingFlags): Changes {
  if (schedule === undefined) return {};
  const chosen = named(schedules, schedule);
  checked('--schedule', () => resolveSchedule({ schedule: chosen }, 1));
  return { schedule: chosen };
}

function callbacksFrom({ callback }: SettingFlags): Changes {
  if (callback === undefined) return {};
  const chosen = callback.map((one) => named(callbacks, one));
  checked('--callback', () => new Callbacks({ callbacks: chosen }));
  return { callbacks: chosen };
}

/** The project's settings with everything that the command line says in their place. @throws NetwrightError of kind `usage` */
export function settingsFrom(own: TrainingSettings, flags: SettingFlags): TrainingSettings {
  const { epochs, batchSize, validationSplit, limit, seed, engine, device, classWeights } = flags;
  const given = Object.entries({ epochs, batchSize, validationSplit, limit, seed, engine, device, classWeights }).filter(([, value]) => value !== undefined);
  const chosen = { ...optimizerFrom(own, flags), ...lossFrom(flags), ...metricsFrom(flags), ...scheduleFrom(flags), ...callbacksFrom(flags) };
  return { ...own, ...Object.fromEntries(given), ...chosen, shuffle: flags.shuffle === false ? false : own.shuffle };
}
