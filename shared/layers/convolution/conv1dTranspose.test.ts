import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { conv1dTranspose } from './conv1dTranspose.ts';
import { sequences, size } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(conv1dTranspose.fields);

proveLayer(conv1dTranspose, {
  examples: fc.record({
    parameters: fc.record({ filters: size(3), kernelSize: size(4), strides: size(3), padding: fc.constantFrom('same', 'valid'), useBias: fc.boolean() }),
    inputs: fc.tuple(sequences),
  }),
});

test('says what is set', () => expect(conv1dTranspose.describe({ ...usual, filters: 4, strides: 2 })).toBe('4 filters · kernel 3 · stride 2'));
test('refuses what it is not made for', () => expect(problemOf(conv1dTranspose, {}, [[1, 8]]).code).toBe('rank'));

test('refuses an output padding that leads nowhere', () =>
  expect(problemOf(conv1dTranspose, { outputPadding: 3 }, [[1, 4, 1]])).toMatchObject({
    code: 'output-padding',
    what: expect.stringContaining('along the steps'),
  }));
