// What holds a weight in its bounds: two strengths of a penalty and a constraint, as parameters of a layer (`biasL1`, `biasL2`,
// `biasConstraint`), in its program and in Keras' files. No layer itself.

import type { Field } from '../lib/fields.ts';
import type { Shape, Tensor } from '../tensor/types.ts';
import { constraintField, constraintNamed, type ConstraintValue, namedOfKeras, namedToKeras } from './constraints/named.ts';
import type { Initial } from './initializers/index.ts';
import type { LayerContext } from './layer.ts';
import {
  kept,
  keptActivity,
  regularizerOfKeras,
  regularizerToKeras,
  strengthFields,
  strengthsIn,
  type StrengthsOf,
  strengthsKeras,
} from './regularizers/strengths.ts';
import { snakeCase } from './snakeCase.ts';

type StrengthKey<P extends string> = `${P}L1` | `${P}L2`;
type HeldFields<P extends string> = { readonly [K in StrengthKey<P>]: Field<number> } & { readonly [K in `${P}Constraint`]: Field<ConstraintValue> };
/** The values of such fields. */
export type HeldBy<P extends string> = { readonly [K in StrengthKey<P>]: number } & { readonly [K in `${P}Constraint`]: ConstraintValue };

/** @param title as in a form: `Bias` @param several whether the weight has more than one axis */
export const heldFields = <const P extends string>(prefix: P, title: string, several = true): HeldFields<P> =>
  ({ ...strengthFields(prefix, title), [`${prefix}Constraint`]: constraintField(`${title} constraint`, several) }) as unknown as HeldFields<P>;

export const activityFields = strengthFields('activity', 'Activity');

/** Declares a weight with its constraint, and adds its penalty to the loss. */
export function held<P extends string>(context: LayerContext, name: string, shape: Shape, initializer: Initial, p: Partial<HeldBy<P>>, prefix: P): Tensor {
  const value = (p as Readonly<Record<string, ConstraintValue | undefined>>)[`${prefix}Constraint`] ?? 'none';
  const weight = context.weight(name, shape, { initializer, constraint: constraintNamed(value, shape.length) });
  return kept(context, weight, strengthsIn<P>(p as Partial<StrengthsOf<P>>, prefix));
}

/** What a layer gives, with the penalty on it in the loss. */
export const heldActivity = (context: LayerContext, result: Tensor, p: { readonly activityL1: number; readonly activityL2: number }): Tensor =>
  keptActivity(context, result, strengthsIn(p, 'activity'));

type Config = Readonly<Record<string, unknown>>;
export interface KerasPart<P> {
  readonly toConfig: (parameters: P) => Config;
  readonly fromConfig: (config: Config) => Partial<P> | null;
}

/** How such fields stand in Keras' files. @param ranks how many axes each weight has */
export function heldKeras<const P extends string>(ranks: Readonly<Record<P, number>>): KerasPart<HeldBy<P>> {
  const prefixes = Object.keys(ranks) as P[];
  const strengths = strengthsKeras(prefixes);
  const entry = (prefix: P) => `${snakeCase(prefix)}_constraint`;
  return {
    toConfig: (p) => ({
      ...strengths.toConfig(p),
      ...Object.fromEntries(prefixes.map((prefix) => [entry(prefix), namedToKeras(p[`${prefix}Constraint`] as ConstraintValue, ranks[prefix])])),
    }),
    fromConfig(config) {
      const read = strengths.fromConfig(config);
      const constraints = prefixes.map((prefix) => [`${prefix}Constraint`, namedOfKeras(config[entry(prefix)], ranks[prefix])] as const);
      if (!read || constraints.some(([, value]) => value === null)) return null;
      return { ...read, ...Object.fromEntries(constraints) } as Partial<HeldBy<P>>;
    },
  };
}

export interface Activity {
  readonly activityL1: number;
  readonly activityL2: number;
}
/** The penalty on what a layer gives; some layers of Keras write it only where it is set. */
export const activityKeras: KerasPart<Activity> = {
  toConfig: (p) => ({ activity_l1: undefined, activity_l2: undefined, activity_regularizer: regularizerToKeras(strengthsIn(p, 'activity')) ?? undefined }),
  fromConfig({ activity_regularizer: value }) {
    const strengths = regularizerOfKeras(value);
    return strengths && { activityL1: strengths.l1, activityL2: strengths.l2 };
  },
};

/** Several mappings as one. */
export const allKeras = <A, B>(first: KerasPart<A>, second: KerasPart<B>): KerasPart<A & B> => ({
  toConfig: (p) => ({ ...first.toConfig(p), ...second.toConfig(p) }),
  fromConfig(config) {
    const a = first.fromConfig(config),
      b = second.fromConfig(config);
    return a && b && ({ ...a, ...b } as Partial<A & B>);
  },
});
