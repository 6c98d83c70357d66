// Checks the parameters that a project or a command gives for a loss, a metric, an optimizer, a schedule or a callback, and says in a
// sentence which one is wrong.

import { NetwrightError } from '../lib/errors.ts';
import { type Field, type Fields, schemaOf } from '../lib/fields.ts';

/** Values by field as settings hold them; missing ones take their default. */
export type Parameters = Readonly<Record<string, number | boolean | string | null>>;

/** What is chosen, and where its parameters stand in the settings: for messages. */
interface Chosen {
  readonly title: string;
  readonly fields: Fields;
  /** `training.optimizer.parameters` */
  readonly place: string;
  readonly what: string;
}

/** All parameters, missing ones at their default. @throws NetwrightError for an unknown parameter or a value out of range */
export function resolveParameters(chosen: Chosen, given: Readonly<Record<string, unknown>>): Record<string, number | boolean | string | null> {
  const { fields } = chosen;
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(fields, key));
  if (unknown !== undefined) throw unknownParameter(chosen, unknown);
  const parsed = schemaOf(fields).safeParse(given);
  if (parsed.success) return parsed.data as Record<string, number | boolean | string | null>;
  const key = String(parsed.error.issues[0]?.path[0]);
  throw wrongValue(chosen, key, given[key]);
}

function unknownParameter({ title, fields, place, what }: Chosen, key: string): NetwrightError {
  const known = Object.keys(fields);
  const message = `${title} has no parameter “${key}” (${place}.${key}). ${known.length === 0 ? 'It has none.' : `It has: ${known.join(', ')}.`}`;
  return new NetwrightError({ kind: 'project', code: `unknown-${what}-parameter`, where: `${place}.${key}`, message });
}

function wrongValue({ fields, place, what }: Chosen, key: string, value: unknown): NetwrightError {
  const field = fields[key];
  const message = `${field?.label ?? key} must be ${expected(field)}, but is ${String(value)} (${place}.${key}). Its default is ${String(field?.default ?? 'none')}.`;
  return new NetwrightError({ kind: 'project', code: `${what}-parameter`, where: `${place}.${key}`, message });
}

function expected(field: Field<unknown> | undefined): string {
  if (field?.kind === 'choice') return `one of ${field.choices.map(({ value }) => value).join(', ')}`;
  if (field?.kind === 'text') return field.placeholder ?? 'a text';
  if (!field || field.kind === 'boolean') return 'true or false';
  const { min, max, exclusiveMin } = field as { readonly min?: number; readonly max?: number; readonly exclusiveMin?: boolean };
  const low = min === undefined ? '' : exclusiveMin ? `greater than ${min}` : `at least ${min}`;
  const high = max === undefined ? '' : `at most ${max}`;
  const limits = [low, high].filter(Boolean).join(' and ');
  const whole = field.kind === 'integer' || field.kind === 'optionalInteger' ? 'a whole number' : 'a number';
  const none = field.kind === 'optionalInteger' || field.kind === 'optionalNumber' ? ', or none' : '';
  return `${whole}${limits ? ` ${limits}` : ''}${none}`;
}
