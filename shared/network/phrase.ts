// A layer's settings as one types them in a row: `6 5 tanh same`, `128 relu`, `0.3`, `pool=3x3`. Pure; knows the kinds of fields, no layer.

import type { AnyLayer } from '../layers/layer.ts';
import type { Field } from '../lib/fields.ts';

type Parameters = Readonly<Record<string, unknown>>;
type Named = readonly [key: string, field: Field<unknown>];

const numeric = new Set<Field<unknown>['kind']>(['integer', 'number', 'optionalInteger', 'optionalNumber', 'pair', 'optionalPair']);

/** `5`, `5x3` or `0.5` as a field's value; undefined where it does not fit. */
function numberValue(field: Field<unknown>, word: string): unknown {
  const numbers = word.split(/[x×*]/).map(Number);
  if (word === '' || numbers.length > 2 || numbers.some(Number.isNaN)) return undefined;
  const [first, second = first] = numbers;
  const value = field.kind === 'pair' || field.kind === 'optionalPair' ? [first, second] : numbers.length === 1 ? first : undefined;
  return field.schema.safeParse(value).success ? value : undefined;
}

/** The choice whose value or label begins with the word. */
function choiceValue(field: Field<unknown>, word: string): string | undefined {
  if (field.kind !== 'choice') return undefined;
  const wanted = word.toLowerCase();
  const exact = field.choices.find(({ value, label }) => value.toLowerCase() === wanted || label.toLowerCase() === wanted);
  return (exact ?? field.choices.find(({ value, label }) => value.toLowerCase().startsWith(wanted) || label.toLowerCase().startsWith(wanted)))?.value;
}

/** `3` or `3x3x3` for a field of so many sizes, `28x28x1` for one of as many as wanted. */
function sizesValue(field: Extract<Field<unknown>, { kind: 'shape' }>, word: string): unknown {
  const numbers = word === '' ? [] : word.split(/[x×*]/).map(Number);
  const value = numbers.length === 1 && field.length !== undefined ? new Array<number | undefined>(field.length).fill(numbers[0]) : numbers;
  return field.schema.safeParse(value).success ? value : undefined;
}

function valueFor(field: Field<unknown>, word: string): unknown {
  if (field.kind === 'shape') return sizesValue(field, word);
  if (numeric.has(field.kind)) return numberValue(field, word);
  if (field.kind === 'boolean') return /^(on|yes|true)$/i.test(word) ? true : /^(off|no|false)$/i.test(word) ? false : undefined;
  return choiceValue(field, word);
}

/** `units=64`: the field whose name or label begins so. */
function named(fields: readonly Named[], word: string): readonly [string, unknown] | null {
  const [name, text] = word.split('=', 2);
  if (!name || text === undefined) return null;
  const wanted = name.toLowerCase();
  const found = fields.find(([key, { label }]) => key.toLowerCase().startsWith(wanted) || label.toLowerCase().startsWith(wanted));
  const value = found && valueFor(found[1], text);
  return found && value !== undefined ? [found[0], value] : null;
}

export interface Phrase {
  readonly parameters: Parameters;
  /** Words that mean nothing for this layer. */
  readonly unknown: readonly string[];
}

/** Numbers go to the numeric settings in their order, words to the choice they begin. */
export function readPhrase(layer: AnyLayer, words: readonly string[]): Phrase {
  const fields = Object.entries(layer.fields) as Named[];
  const parameters: Record<string, unknown> = {};
  const unknown: string[] = [];
  const isFree = ([key]: Named) => !Object.hasOwn(parameters, key);
  for (const word of words) {
    const given = named(fields, word);
    const next = given ?? assign(fields.filter(isFree), word);
    if (next) parameters[next[0]] = next[1];
    else unknown.push(word);
  }
  return { parameters, unknown };
}

function assign(fields: readonly Named[], word: string): readonly [string, unknown] | null {
  const order = [...fields.filter(([, field]) => field.level !== 'advanced'), ...fields.filter(([, field]) => field.level === 'advanced')];
  for (const [key, field] of order) {
    const value = field.kind === 'boolean' ? undefined : valueFor(field, word);
    if (value !== undefined) return [key, value];
  }
  return null;
}
