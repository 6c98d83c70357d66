// Fields: what each kind accepts, and what a set of them makes of an object.

import { describe, expect, test } from 'vitest';
import {
  boolean,
  choice,
  defaults,
  type Field,
  integer,
  nested,
  number,
  optionalInteger,
  optionalPair,
  optionalShape,
  pair,
  schemaOf,
  shape,
  text,
  optionalTriple,
  triple,
} from './fields.ts';

const label = 'Label';
const kinds: readonly (readonly [kind: string, field: Field<unknown>, good: readonly unknown[], bad: readonly unknown[]])[] = [
  ['integer', integer({ label, min: 1, max: 10, default: 3 }), [1, 10], [0, 11, 1.5, '3', null, Number.NaN]],
  ['integer above its minimum', integer({ label, min: 0, exclusiveMin: true, default: 3 }), [1], [0]],
  ['number', number({ label, min: 0, max: 1, default: 0.5 }), [0, 0.3, 1], [-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY, '0.5']],
  ['number above its minimum', number({ label, min: 0, exclusiveMin: true, default: 0.1 }), [1e-12], [0]],
  ['optional integer', optionalInteger({ label, min: 1, default: null }), [null, 1], [0, undefined, 1.5].filter((value) => value !== undefined)],
  ['boolean', boolean({ label, default: true }), [true, false], [0, 'true', null]],
  ['text', text({ label, default: '' }), ['', 'abc'], [1, null]],
  ['pair', pair({ label, min: 1, default: [3, 3] }), [[1, 2]], [[1], [1, 2, 3], [0, 1], [1.5, 1], 3]],
  ['optional pair', optionalPair({ label, min: 1, default: null }), [null, [2, 1]], [[0, 1], [2], 2]],
  ['shape', shape({ label, default: [2] }), [[], [2, 3], new Array(8).fill(1)], [[-1], [0], new Array(9).fill(1), null]],
  ['shape with an unknown size', shape({ label, default: [-1], allowUnknown: true }), [[-1, 2]], [[-2]]],
  ['optional shape', optionalShape({ label, default: null }), [null, [28, 28, 1]], [[], [-1], [0]]],
  ['triple', triple({ label, min: 1, max: 9, default: [3, 3, 3] }), [[1, 2, 9]], [[1, 2], [0, 1, 1], [1, 1, 10], 3, null]],
  ['optional triple', optionalTriple({ label, min: 1, default: null }), [null, [1, 2, 3]], [[1, 2], 2]],
  [
    'nested',
    nested({
      label,
      choices: [
        { value: 'round', label: 'round' },
        { value: 'square', label: 'square' },
      ],
      fieldsOf: (kind) => ({ [kind === 'round' ? 'radius' : 'side']: integer({ label, min: 1, default: 1 }) }),
      default: 'round',
    }),
    [
      { kind: 'round', parameters: {} },
      { kind: 'square', parameters: { side: 2 } },
    ],
    [{ kind: 'round' }, { kind: 'oval', parameters: {} }, { kind: 'round', parameters: { side: 2 } }, { kind: 'round', parameters: { radius: 0 } }, 'round'],
  ],
  [
    'choice',
    choice({
      label,
      choices: [
        { value: 'same', label: 'same' },
        { value: 'valid', label: 'valid' },
      ],
      default: 'valid',
    }),
    ['same', 'valid'],
    ['Same', '', null],
  ],
];

describe.each(kinds)('%s', (_, field, good, bad) => {
  test('accepts', () => {
    for (const value of good) expect(field.schema.safeParse(value), JSON.stringify(value)).toMatchObject({ success: true, data: value });
  });
  test('refuses', () => {
    for (const value of bad) expect(field.schema.safeParse(value).success, JSON.stringify(value)).toBe(false);
  });
  test('accepts its own default', () => {
    expect(field.schema.safeParse(field.default).success).toBe(true);
  });
});

describe('a set of fields', () => {
  const fields = {
    units: integer({ label, min: 1, default: 64 }),
    useBias: boolean({ label, default: true }),
    target: optionalShape({ label, default: null }),
  };
  const schema = schemaOf(fields);

  test('has the defaults of each', () => {
    expect(defaults(fields)).toEqual({ units: 64, useBias: true, target: null });
  });
  test('fills in what is missing', () => {
    expect(schema.parse({ units: 5 })).toEqual({ units: 5, useBias: true, target: null });
    expect(schema.parse({})).toEqual(defaults(fields));
  });
  test('refuses unknown keys, so that a misspelt parameter is no silent default', () => {
    expect(schema.safeParse({ unit: 5 }).error?.issues[0]?.message).toContain('unit');
  });
  test('names the place of what is wrong', () => {
    expect(schema.safeParse({ units: 0 }).error?.issues.map(({ path }) => path)).toEqual([['units']]);
    expect(schema.safeParse({ target: [28, 0] }).error?.issues[0]?.path).toEqual(['target', 1]);
  });
});

test('a choice is a menu unless it asks for more', () => {
  const choices = [{ value: 'a', label: 'A' }] as const;
  expect(choice({ label, choices, default: 'a' })).toMatchObject({ kind: 'choice', look: 'menu', choices });
  expect(choice({ label, choices, default: 'a', look: 'segments' })).toMatchObject({ look: 'segments' });
});
