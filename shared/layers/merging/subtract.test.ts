import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { subtract } from './subtract.ts';
import { branches } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(subtract, { examples: branches(2, 2) });

test('takes the second from the first', () => {
  const { program } = lowered(
    subtract,
    {},
    [
      [1, 2],
      [1, 2],
    ],
    { training: false },
  );
  const { outputs } = interpret(program, { input0: numericArray([1, 2], [5, 1]), input1: numericArray([1, 2], [2, 4]), probe: 1 });
  expect([...(outputs['y']?.data ?? [])]).toEqual([3, -3]);
});

test('takes exactly two', () => {
  expect(
    problemOf(subtract, {}, [
      [1, 2],
      [1, 2],
      [1, 2],
    ]),
  ).toMatchObject({ code: 'too-many-inputs', input: 2, what: 'It has 3 connections coming in, and takes exactly two.' });
  expect(
    problemOf(subtract, {}, [
      [1, 2],
      [1, 3],
    ]).what,
  ).toBe('It cannot subtract 2 and 3.');
});
