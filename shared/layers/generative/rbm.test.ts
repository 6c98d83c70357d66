import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { normalAt, randomKey, uniformAt } from '../../lib/random.ts';
import { numericArray } from '../../tensor/interpret.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import fixtures from '../fixtures/boltzmann.json' with { type: 'json' };
import { rbm } from './rbm.ts';
import { size } from '../testing/arbitraries.ts';
import { prepared } from '../testing/prepared.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(rbm, { examples: fc.record({ parameters: fc.record({ units: size(5) }), inputs: fc.tuple(fc.tuple(size(3), size(5))) }) });

const array = ({ shape, data }: { readonly shape: readonly number[]; readonly data: readonly number[] }) => numericArray(shape, data);

describe.each(fixtures.cases.map((one) => [JSON.stringify(one.parameters), one] as const))(
  'a step of contrastive divergence as numpy computes it: %s',
  (_, one) => {
    const weights = Object.fromEntries(Object.entries(one.weights).map(([name, weight]) => [name, array(weight)]));
    const { updates, watched } = prepared(
      rbm,
      one.parameters,
      array(one.visible),
      weights,
      one.random.map(({ data }) => data),
    );
    test.each(Object.entries(one.after))('%s', (name, { data }) => closeTo(updates[name]?.data ?? [], data, 1e-6));
    test('the error of the first reconstruction', () => closeTo(watched['reconstruction_error']?.data ?? [], [one.reconstruction_error], 1e-6));
  },
);

test('learns what belongs together: the error of its reconstructions falls', () => {
  const key = randomKey('bars');
  // Two patterns, each with a tenth of its values wrong.
  const rows = Array.from({ length: 40 }, (_, row) =>
    Array.from({ length: 6 }, (_, i) => Number((row % 2 === 0) === i < 3) ^ Number(uniformAt(key, row * 6 + i) < 0.1)),
  );
  let weights: Record<string, NumericArray> = {
    kernel: numericArray(
      [6, 2],
      Array.from({ length: 12 }, (_, i) => 0.1 * normalAt(key, i)),
    ),
    hidden_bias: numericArray([2], 0),
    visible_bias: numericArray([6], 0),
  };
  const errors: number[] = [];
  for (let step = 0; step < 300; step++) {
    const random = [2, 6].map((width, place) => Array.from({ length: 40 * width }, (_, i) => uniformAt(randomKey(key, step, place), i)));
    const { updates, watched } = prepared(rbm, { units: 2, pretrainRate: 0.5 }, numericArray([40, 6], rows.flat()), weights, random);
    weights = { ...weights, ...updates };
    errors.push(watched['reconstruction_error']?.data[0] as number);
  }
  const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
  expect(mean(errors.slice(-20))).toBeLessThan(mean(errors.slice(0, 20)) / 1.5);
});

test('is prepared as its parameters say, or not at all', () => {
  const usual = defaults(rbm.fields);
  expect(rbm.preparation?.plan(usual)).toEqual({ title: 'Contrastive divergence', epochs: 10, learningRate: 0.1, shuffle: true });
  expect(rbm.preparation?.plan({ ...usual, pretrainEpochs: 0 })).toBeNull();
  expect([rbm.describe(usual), rbm.describe({ ...usual, pretrainEpochs: 0 })]).toEqual(['64 units · CD-1, 10 epochs', '64 units · not prepared']);
});

test('needs a row of values', () => {
  expect(problemOf(rbm, {}, [[1, 3, 3]])).toMatchObject({ code: 'rank', what: 'It needs a row of values, but gets 3 × 3.' });
});
