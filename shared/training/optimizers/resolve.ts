// Checks an optimizer's parameters as a project gives them, and says in a sentence which one is wrong.

import { NetwrightError } from '../../lib/errors.ts';
import { type Field, type Fields, schemaOf } from '../../lib/fields.ts';
import type { AnyOptimizer } from '../contracts.ts';

export type Resolved = Record<string, number | boolean | null>;

const place = 'training.optimizer.parameters';

/** All parameters, missing ones at their default. @throws NetwrightError for an unknown parameter or a value out of range */
export function resolveParameters(definition: AnyOptimizer, given: Readonly<Record<string, unknown>>): Resolved {
  const fields: Fields = definition.fields;
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(fields, key));
  if (unknown !== undefined) throw unknownParameter(definition, unknown);
  const parsed = schemaOf(fields).safeParse(given);
  if (parsed.success) return refuseTwoClips(parsed.data as Resolved);
  const key = String(parsed.error.issues[0]?.path[0]);
  throw wrongValue(key, fields[key], given[key]);
}

/** @throws NetwrightError where gradients are to be clipped in more than one way, which Keras refuses too */
function refuseTwoClips(parameters: Resolved): Resolved {
  const [first, second] = ['clipnorm', 'globalClipnorm', 'clipvalue'].filter((key) => parameters[key] !== null && parameters[key] !== undefined);
  if (!second) return parameters;
  throw new NetwrightError({
    kind: 'project',
    code: 'optimizer-parameter',
    where: `${place}.${second}`,
    message: `Gradients are clipped in one way only, but ${first} and ${second} are both set (${place}). Leave one of them empty.`,
  });
}

function unknownParameter(definition: AnyOptimizer, key: string): NetwrightError {
  const known = Object.keys(definition.fields).join(', ');
  return new NetwrightError({
    kind: 'project',
    code: 'unknown-optimizer-parameter',
    where: `${place}.${key}`,
    message: `${definition.title} has no parameter “${key}” (${place}.${key}). It has: ${known}.`,
  });
}

function wrongValue(key: string, field: Field<unknown> | undefined, value: unknown): NetwrightError {
  const label = field?.label ?? key;
  const message = `${label} must be ${expected(field)}, but is ${String(value)} (${place}.${key}). Its default is ${String(field?.default ?? 'none')}.`;
  return new NetwrightError({ kind: 'project', code: 'optimizer-parameter', where: `${place}.${key}`, message });
}

function expected(field: Field<unknown> | undefined): string {
  if (!field || !('min' in field || 'max' in field)) return 'true or false';
  const low = field.min === undefined ? '' : field.exclusiveMin ? `greater than ${field.min}` : `at least ${field.min}`;
  const high = field.max === undefined ? '' : `at most ${field.max}`;
  const none = field.kind === 'optionalInteger' || field.kind === 'optionalNumber' ? ', or none' : '';
  return `a number ${[low, high].filter(Boolean).join(' and ')}${none}`;
}
