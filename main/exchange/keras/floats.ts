// Python tells 1 from 1.0, JavaScript does not: Keras refuses a learning rate or a momentum that is written as a whole number.

import type { Field, Fields } from '../../../shared/lib/fields.ts';
import { snakeCase } from '../../../shared/layers/snakeCase.ts';

/** Text that stands in JSON as it is; newer than the types at hand. */
const raw = (text: string): unknown => (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);

/** The name of a parameter in Keras' files. */
export const kerasName = (key: string, field: Field<unknown> | undefined): string => field?.keras ?? snakeCase(key);

/** With a point, even where it is whole. For JSON.stringify only. */
export const asFloat = (value: unknown): unknown => (Number.isInteger(value) ? raw(`${value}.0`) : value);

/** A configuration whose fractions are written with a point, even where they are whole: `1.0`. For JSON.stringify only. */
export function withFloats(fields: Fields, config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const fractions = new Set(
    Object.entries(fields).flatMap(([key, field]) => (field.kind === 'number' || field.kind === 'optionalNumber' ? [kerasName(key, field)] : [])),
  );
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, fractions.has(name) ? asFloat(value) : value]));
}
