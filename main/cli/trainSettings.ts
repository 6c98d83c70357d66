// The settings of a training: the project's own, changed by what the command line says.

import type { TrainingSettings } from '../../shared/training/settings.ts';
import { losses } from '../../shared/training/losses/index.ts';
import { metrics } from '../../shared/training/metrics/index.ts';
import { optimizers } from '../../shared/training/optimizers/index.ts';

export interface SettingFlags {
  readonly loss?: string;
  readonly optimizer?: string;
  readonly learningRate?: number;
  readonly metrics?: readonly string[];
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

/** Our id for a name that may be Keras' (`sparse_categorical_crossentropy`, `RMSprop`); unknown names stay, and are refused with the list. */
function idOf(list: Readonly<Record<string, { readonly id: string; readonly keras: string }>>, name: string): string {
  const wanted = name.toLowerCase();
  return Object.values(list).find(({ id, keras }) => id.toLowerCase() === wanted || keras.toLowerCase() === wanted)?.id ?? name;
}

function optimizerOf(own: TrainingSettings['optimizer'], { optimizer, learningRate }: SettingFlags): TrainingSettings['optimizer'] {
  const id = optimizer === undefined ? own.id : idOf(optimizers, optimizer);
  // Another optimizer's parameters mean other things: they start from its own defaults.
  const parameters = id === own.id ? own.parameters : {};
  return { id, parameters: learningRate === undefined ? parameters : { ...parameters, learningRate } };
}

export function settingsFrom(own: TrainingSettings, flags: SettingFlags): TrainingSettings {
  return {
    ...own,
    loss: flags.loss === undefined ? own.loss : idOf(losses, flags.loss),
    optimizer: optimizerOf(own.optimizer, flags),
    metrics: flags.metrics?.map((name) => idOf(metrics, name)) ?? own.metrics,
    epochs: flags.epochs ?? own.epochs,
    batchSize: flags.batchSize ?? own.batchSize,
    validationSplit: flags.validationSplit ?? own.validationSplit,
    limit: flags.limit ?? own.limit,
    seed: flags.seed ?? own.seed,
    shuffle: flags.shuffle === false ? false : own.shuffle,
    engine: flags.engine ?? own.engine,
    device: flags.device ?? own.device,
  };
}
