// Descriptions of settable values: one description gives the type, the check, the default and the form control.
// Domain-free: layers, optimizers, losses and settings all describe what can be set with these.

import { z } from 'zod';

interface Common {
  readonly label: string;
  /** One sentence: what it does and when to change it. */
  readonly help?: string;
  /** `common` stands open in a form, `advanced` behind a disclosure. */
  readonly level?: 'common' | 'advanced';
  /** The name in Keras' configuration files where it is not the snake_case of ours. */
  readonly keras?: string;
}
interface Ranged extends Common {
  readonly min?: number;
  readonly max?: number;
  /** True where `min` itself is not allowed (a learning rate above 0). */
  readonly exclusiveMin?: boolean;
  readonly unit?: string;
  /** A slider's usable end where `max` is far away. */
  readonly sliderMax?: number;
  /** `log` where steps should be factors (learning rates). */
  readonly scale?: 'linear' | 'log';
}
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly help?: string;
}

export type Field<T> = { readonly default: T; readonly schema: z.ZodType<T> } & (
  | ({ readonly kind: 'integer' | 'number' | 'optionalInteger' | 'optionalNumber' } & Ranged)
  | ({ readonly kind: 'boolean' } & Common)
  | ({ readonly kind: 'text'; readonly placeholder?: string } & Common)
  /** Two integers, rows and columns; an optional pair may be null ("as another parameter says", told in the help). */
  | ({ readonly kind: 'pair' | 'optionalPair' } & Ranged)
  /** Sizes of axes without the batch axis, or null for "automatic"; with `length` exactly so many. */
  | ({ readonly kind: 'shape'; readonly nullable: boolean; readonly allowUnknown: boolean; readonly length?: number } & Common)
  /** One of several kinds, each with fields of its own: a form in a form. The parameters may leave out what is at its default. `short`: see shortNested. */
  | ({ readonly kind: 'nested'; readonly choices: readonly Choice[]; readonly fieldsOf: (kind: string) => Fields; readonly short?: true } & Common)
  /** `look`: how a form draws it; `curves` asks the owner for a picture of each choice (activation functions). */
  | ({ readonly kind: 'choice'; readonly choices: readonly Choice[]; readonly look: 'segments' | 'menu' | 'curves' } & Common)
);
// biome-ignore lint/suspicious/noExplicitAny: the one place where a field's value type is erased, for lists of mixed fields
export type Fields = Readonly<Record<string, Field<any>>>;
export type Values<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

const bounded = (schema: z.ZodNumber, o: Ranged) => {
  let s = schema;
  if (o.min !== undefined) s = o.exclusiveMin ? s.gt(o.min) : s.gte(o.min);
  if (o.max !== undefined) s = s.lte(o.max);
  return s;
};

export const integer = (o: Ranged & { default: number }): Field<number> => ({ ...o, kind: 'integer', schema: bounded(z.int(), o) });
export const number = (o: Ranged & { default: number }): Field<number> => ({ ...o, kind: 'number', schema: bounded(z.number(), o) });
export const optionalInteger = (o: Ranged & { default: number | null }): Field<number | null> => ({
  ...o,
  kind: 'optionalInteger',
  schema: bounded(z.int(), o).nullable(),
});
export const optionalNumber = (o: Ranged & { default: number | null }): Field<number | null> => ({
  ...o,
  kind: 'optionalNumber',
  schema: bounded(z.number(), o).nullable(),
});
export const boolean = (o: Common & { default: boolean }): Field<boolean> => ({ ...o, kind: 'boolean', schema: z.boolean() });
export const text = (o: Common & { default: string; placeholder?: string }): Field<string> => ({ ...o, kind: 'text', schema: z.string() });
export const pair = (o: Ranged & { default: readonly [number, number] }): Field<readonly [number, number]> => ({
  ...o,
  kind: 'pair',
  schema: z.tuple([bounded(z.int(), o), bounded(z.int(), o)]),
});
export const optionalPair = (o: Ranged & { default: readonly [number, number] | null }): Field<readonly [number, number] | null> => ({
  ...o,
  kind: 'optionalPair',
  schema: z.tuple([bounded(z.int(), o), bounded(z.int(), o)]).nullable(),
});
/** Sizes of axes; with `allowUnknown` one of them may be -1 ("what is left over"). */
export const shape = (o: Common & { default: readonly number[]; allowUnknown?: boolean }): Field<readonly number[]> => ({
  ...o,
  kind: 'shape',
  nullable: false,
  allowUnknown: o.allowUnknown ?? false,
  schema: z.array(z.int().gte(o.allowUnknown ? -1 : 1)).max(8),
});
/** Null for automatic; with `allowUnknown` sizes may be -1 ("as they are"). */
export const optionalShape = (o: Common & { default: readonly number[] | null; allowUnknown?: boolean }): Field<readonly number[] | null> => ({
  ...o,
  kind: 'shape',
  nullable: true,
  allowUnknown: o.allowUnknown ?? false,
  schema: z
    .array(z.int().gte(o.allowUnknown ? -1 : 1))
    .min(1)
    .max(8)
    .nullable(),
});
export type Triple = readonly [depth: number, rows: number, columns: number];
const threeSizes = (o: Ranged) => {
  const size = bounded(z.int(), o);
  return z.tuple([size, size, size]);
};
/** Three sizes, of depth, rows and columns. */
export const triple = (o: Ranged & { default: Triple }): Field<Triple> => ({
  ...o,
  kind: 'shape',
  nullable: false,
  allowUnknown: false,
  length: 3,
  schema: threeSizes(o),
});
export const optionalTriple = (o: Ranged & { default: Triple | null }): Field<Triple | null> => ({
  ...o,
  kind: 'shape',
  nullable: true,
  allowUnknown: false,
  length: 3,
  schema: threeSizes(o).nullable(),
});
export const choice = <const C extends readonly Choice[]>(
  o: Common & { choices: C; default: C[number]['value']; look?: 'segments' | 'menu' | 'curves' },
): Field<C[number]['value']> => ({
  ...o,
  kind: 'choice',
  look: o.look ?? 'menu',
  schema: z.enum(o.choices.map((c) => c.value) as [string, ...string[]]) as unknown as z.ZodType<C[number]['value']>,
});

/** A value of one of several kinds. */
export interface Nested {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}
export const nested = (o: Common & { choices: readonly Choice[]; fieldsOf: (kind: string) => Fields; default: string }): Field<Nested> => ({
  ...o,
  kind: 'nested',
  default: { kind: o.default, parameters: {} },
  schema: z
    .strictObject({ kind: z.enum(o.choices.map((c) => c.value)), parameters: z.record(z.string(), z.unknown()) })
    .superRefine(({ kind, parameters }, context) => {
      for (const { message, path } of schemaOf(o.fieldsOf(kind)).safeParse(parameters).error?.issues ?? [])
        context.addIssue({ code: 'custom', message, path: ['parameters', ...path] });
    }),
});

/** The kind alone stands for it with its usual parameters. */
export type Short = string | Nested;
export const nestedOfShort = (value: Short): Nested => (typeof value === 'string' ? { kind: value, parameters: {} } : value);
export const shortOf = (value: Nested): Short => (Object.keys(value.parameters).length === 0 ? value.kind : value);
/** A value of one of several kinds, most of which need nothing else. */
export function shortNested<K extends string>(o: Common & { choices: readonly Choice[]; fieldsOf: (kind: string) => Fields; default: K }): Field<K | Nested> {
  const { schema, ...field } = nested(o);
  const kinds = z.enum(o.choices.map((c) => c.value));
  return { ...field, short: true, default: o.default, schema: z.union([kinds, schema]) } as unknown as Field<K | Nested>;
}

/** Every field's default, in an object of the caller's own. */
export function defaults<F extends Fields>(fields: F): Values<F> {
  return Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.default])) as Values<F>;
}

const knownSchemas = new WeakMap<Fields, z.ZodType>();
/** A strict schema over all fields: missing ones take their default, unknown keys are an error. Built once for the same fields. */
export function schemaOf<F extends Fields>(fields: F): z.ZodType<Values<F>> {
  const known =
    knownSchemas.get(fields) ?? z.strictObject(Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.schema.default(field.default)])));
  knownSchemas.set(fields, known);
  return known as unknown as z.ZodType<Values<F>>;
}
