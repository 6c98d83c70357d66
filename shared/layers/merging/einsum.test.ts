import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { einsum } from './einsum.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(einsum, {
  examples: fc.constantFrom(
    {
      parameters: { equation: 'bqd,bkd->bqk' },
      inputs: [
        [2, 3, 4],
        [2, 2, 4],
      ],
    },
    {
      parameters: { equation: 'bhqd,bhkd->bhqk' },
      inputs: [
        [2, 2, 3, 4],
        [2, 2, 2, 4],
      ],
    },
    {
      parameters: { equation: 'bhqk,bkhd->bqhd' },
      inputs: [
        [2, 2, 3, 4],
        [2, 4, 2, 3],
      ],
    },
    {
      parameters: { equation: '...ij,...jk->...ik' },
      inputs: [
        [2, 2, 3, 4],
        [2, 2, 4, 2],
      ],
    },
    {
      parameters: { equation: 'bi,bj->bij' },
      inputs: [
        [2, 3],
        [2, 4],
      ],
    },
    {
      parameters: { equation: 'bij,bij->b' },
      inputs: [
        [2, 3, 4],
        [2, 3, 4],
      ],
    },
    { parameters: { equation: 'bij->bj' }, inputs: [[2, 3, 4]] },
    { parameters: { equation: 'bij->bji' }, inputs: [[2, 3, 4]] },
  ),
});

test('products of rows with rows, added up', () => {
  const { program } = lowered(
    einsum,
    { equation: 'bqd,bkd->bqk' },
    [
      [1, 2, 2],
      [1, 1, 2],
    ],
    { training: false },
  );
  const inputs = { input0: numericArray([1, 2, 2], [1, 2, 3, 4]), input1: numericArray([1, 1, 2], [10, 1]), probe: 1 };
  expect([...(interpret(program, inputs).outputs['y']?.data ?? [])]).toEqual([12, 34]);
});

test('refuses what does not fit, in words', () => {
  expect(
    problemOf(einsum, { equation: 'bi,bj->bk' }, [
      [2, 3],
      [2, 4],
    ]),
  ).toMatchObject({ what: 'The result has an axis k that no term has.' });
  expect(
    problemOf(einsum, { equation: 'bi,bi->b' }, [
      [2, 3],
      [2, 4],
    ]),
  ).toMatchObject({ what: 'The axis i has 3 places in one term and 4 in another.' });
  expect(problemOf(einsum, { equation: 'bii->b' }, [[2, 3, 3]])).toMatchObject({ what: '“bii” names an axis twice.' });
});
