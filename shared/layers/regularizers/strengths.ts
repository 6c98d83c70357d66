// Penalties as parameters of a layer: two strengths for each thing that is to stay small, and how Keras writes them.

import { type Field, number } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import type { LayerContext } from '../layer.ts';
import { snakeCase } from '../snakeCase.ts';
import { penalty, type Strengths } from './penalty.ts';

/** A strength of 0 switches a penalty off. */
export const strengthField = (o: { label: string; help: string; level?: 'common' | 'advanced' }): Field<number> =>
  number({ ...o, min: 0, max: 100, sliderMax: 0.1, default: 0 });

type StrengthKey<P extends string> = `${P}L1` | `${P}L2`;
type StrengthFields<P extends string> = { readonly [K in StrengthKey<P>]: Field<number> };
/** The values of such fields. */
export type StrengthsOf<P extends string> = { readonly [K in StrengthKey<P>]: number };

/** The two strengths for one thing, for instance `biasL1` and `biasL2`. @param title as in a form: `Bias` */
export function strengthFields<const P extends string>(prefix: P, title: string): StrengthFields<P> {
  const field = (kind: 'L1' | 'L2', help: string) => strengthField({ label: `${title} ${kind}`, help, level: 'advanced' });
  return {
    [`${prefix}L1`]: field('L1', 'Adds this much times the sum of the sizes to the loss: pushes needless ones to exactly 0. 0 switches it off.'),
    [`${prefix}L2`]: field('L2', 'Adds this much times the sum of the squares to the loss: keeps them small. 0 switches it off; 0.01 is strong.'),
  } as unknown as StrengthFields<P>;
}

/** The strengths of one thing among a layer's parameters; 0 where it has none. */
export function strengthsIn<P extends string>(parameters: Partial<StrengthsOf<P>>, prefix: P): Strengths {
  const values = parameters as Readonly<Record<string, number | undefined>>;
  return { l1: values[`${prefix}L1`] ?? 0, l2: values[`${prefix}L2`] ?? 0 };
}

/** A weight with its penalty in the loss. */
export function kept(context: LayerContext, weight: Tensor, strengths: Strengths): Tensor {
  const loss = penalty(context.builder, weight, strengths);
  if (loss) context.addLoss(loss, weight);
  return weight;
}

/** A layer's result with its penalty in the loss, as a mean over samples. */
export function keptActivity(context: LayerContext, result: Tensor, strengths: Strengths): Tensor {
  const loss = penalty(context.builder, result, strengths);
  if (loss) context.addLoss(context.builder.multiply(loss, context.builder.constant(1 / (result.shape[0] as number))));
  return result;
}

type Config = Readonly<Record<string, unknown>>;

/** How such fields stand in Keras' files: `biasL1` and `biasL2` as `bias_regularizer`. */
export const strengthsKeras = <const P extends string>(prefixes: readonly P[]) => ({
  toConfig: (p: StrengthsOf<P>): Config =>
    Object.fromEntries(
      prefixes.flatMap((prefix): [string, unknown][] => [
        [snakeCase(`${prefix}L1`), undefined],
        [snakeCase(`${prefix}L2`), undefined],
        [`${snakeCase(prefix)}_regularizer`, regularizerToKeras(strengthsIn(p, prefix))],
      ]),
    ),
  fromConfig(config: Config): Partial<StrengthsOf<P>> | null {
    const read = prefixes.map((prefix) => ({ prefix, strengths: regularizerOfKeras(config[`${snakeCase(prefix)}_regularizer`]) }));
    if (read.some(({ strengths }) => strengths === null)) return null;
    const entries = read.flatMap(({ prefix, strengths }): [string, number][] => [
      [`${prefix}L1`, strengths?.l1 ?? 0],
      [`${prefix}L2`, strengths?.l2 ?? 0],
    ]);
    return Object.fromEntries(entries) as unknown as Partial<StrengthsOf<P>>;
  },
});

/** Keras' object: L1, L2 or L1L2; null without a penalty. */
export function regularizerToKeras({ l1, l2 }: Strengths): Readonly<Record<string, unknown>> | null {
  if (l1 === 0 && l2 === 0) return null;
  const [className, config] = l1 > 0 && l2 > 0 ? ['L1L2', { l1, l2 }] : l1 > 0 ? ['L1', { l1 }] : ['L2', { l2 }];
  return { module: 'keras.regularizers', class_name: className, config, registered_name: null };
}

/** What Keras takes where only a name is given. */
const usual: Strengths = { l1: 0.01, l2: 0.01 };

/** The strengths in a Keras configuration; null for a regularizer that is not in the list (an orthogonal one, one of somebody's own). */
export function regularizerOfKeras(value: unknown): Strengths | null {
  if (value === null || value === undefined) return { l1: 0, l2: 0 };
  const { class_name: name, config = {} } = (typeof value === 'string' ? { class_name: value, config: usual } : value) as {
    class_name?: unknown;
    config?: Partial<Strengths>;
  };
  const kind = typeof name === 'string' ? name.replaceAll('_', '').toLowerCase() : '';
  if (kind === 'l1') return { l1: config.l1 ?? usual.l1, l2: 0 };
  if (kind === 'l2') return { l1: 0, l2: config.l2 ?? usual.l2 };
  return kind === 'l1l2' ? { l1: config.l1 ?? 0, l2: config.l2 ?? 0 } : null;
}
