// Training settings as a file could hold them: most are right, and now and then one is of a kind that is not there, has a parameter too many
// or a value out of range. Every one passes the project's schema. For tests; a seed gives the same settings again.

import { randomKey, uniformAt } from '../../lib/random.ts';
import type { Fields } from '../../lib/fields.ts';
import { callbacks } from '../../training/callbacks/index.ts';
import { losses } from '../../training/losses/index.ts';
import { metrics } from '../../training/metrics/index.ts';
import { optimizers } from '../../training/optimizers/index.ts';
import { schedules } from '../../training/schedules/index.ts';
import { type ChosenSettings, defaultTrainingSettings, type TrainingSettings } from '../../training/settings.ts';

type List = Readonly<Record<string, { readonly fields: Fields }>>;
type Roll = (count: number) => number;

const of = <T>(roll: Roll, items: readonly T[]): T => items[roll(items.length)] as T;
const values = [0, 1, 2, 0.5, -1, 1e9, true, null] as const;
const words = ['val_loss', 'val_accuracy', 'accuracy', 'nonsense', '10, 20', '0.1, 0.2, 0.3', '3, 2, 1'] as const;

/** One or two parameters, of which some do not exist. @param texts whether the schema lets words through */
function parameters(roll: Roll, fields: Fields, texts: boolean): ChosenSettings['parameters'] {
  const keys = [...Object.keys(fields), 'nonsense'];
  const value = () => (texts && roll(2) === 0 ? of(roll, words) : of(roll, values));
  return Object.fromEntries(Array.from({ length: roll(3) }, () => [of(roll, keys), value()]));
}

function chosen(roll: Roll, list: List, texts = true): ChosenSettings {
  const id = of(roll, [...Object.keys(list), 'nonsense']);
  return { id, parameters: roll(2) === 0 ? {} : parameters(roll, list[id]?.fields ?? {}, texts) };
}

/** Settings of a seed, in which a few things are not as they usually are. */
export function randomSettings(seed: number): TrainingSettings {
  let rolls = 0;
  const key = randomKey('settings', seed);
  const roll: Roll = (count) => Math.floor(uniformAt(key, rolls++) * count);
  const now = <T extends object>(every: number, act: () => T): Partial<T> => (roll(every) === 0 ? act() : {});
  return {
    ...defaultTrainingSettings,
    batchSize: 4,
    ...now(3, () => ({ optimizer: chosen(roll, optimizers, false) as TrainingSettings['optimizer'] })),
    ...now(4, () => ({ schedule: chosen(roll, schedules) })),
    ...now(3, () => ({ callbacks: Array.from({ length: 1 + roll(2) }, () => chosen(roll, callbacks)) })),
    ...now(6, () => {
      const { id, parameters: lossParameters } = chosen(roll, losses);
      return { loss: id, lossParameters };
    }),
    ...now(6, () => {
      const { id, parameters: own } = chosen(roll, metrics);
      return { metrics: roll(2) === 0 ? [id] : [], metricParameters: { [id]: own } };
    }),
    ...now(4, () => ({ validationSplit: of(roll, [0, 0.05, 0.5, 0.95]) })),
    ...now(5, () => ({ limit: of(roll, [1, 3, 1000]) })),
    ...now(10, () => ({ classWeights: { [roll(4)]: 0.5 } })),
  };
}
