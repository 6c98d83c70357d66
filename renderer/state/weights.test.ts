// Reading a run's weights: decoded, kept while they are read anew and where that fails, late answers passed over.

import { beforeEach, expect, test } from 'vitest';
import type { Client, RunWeights } from '../../shared/protocol/contract.ts';
import { setClient } from './client.ts';
import { readWeights, useWeightStore } from './weights.ts';

type Answer = PromiseWithResolvers<RunWeights | null>;
const answers: Answer[] = [];
const encoded = (numbers: readonly number[]): string => btoa(String.fromCharCode(...new Uint8Array(Float32Array.from(numbers).buffer)));
const kept = (step: number, ...numbers: readonly number[]): RunWeights => ({
  step,
  weights: { 'dense/bias': { shape: [numbers.length], data: encoded(numbers) } },
});
const now = () => useWeightStore.getState().reading;

beforeEach(() => {
  answers.length = 0;
  useWeightStore.setState({ reading: null });
  const ask: Client['runs.weights'] = () => {
    const answer = Promise.withResolvers<RunWeights | null>();
    answers.push(answer);
    return answer.promise;
  };
  setClient({ 'runs.weights': ask } as Client);
});

test('the numbers as they were kept; what is known stays while it is read anew, and where that fails', async () => {
  const first = readWeights('a', false);
  expect(now()).toMatchObject({ run: 'a', isBusy: true, known: null });
  answers[0]?.resolve(kept(10, 1.5, -2));
  await first;
  expect(now()).toMatchObject({ isBusy: false, isFinal: false, fault: null, known: { step: 10 } });
  expect([...(now()?.known?.weights['dense/bias']?.data ?? [])]).toEqual([1.5, -2]);
  const second = readWeights('a', true);
  expect(now()).toMatchObject({ isBusy: true, known: { step: 10 } });
  answers[1]?.reject(new Error('The disk is gone.'));
  await second;
  expect(now()).toMatchObject({ isBusy: false, isFinal: true, fault: 'The disk is gone.', known: { step: 10 } });
});

test('a late answer does not take the place of a newer question; another run begins with nothing', async () => {
  const early = readWeights('a', false);
  const late = readWeights('b', true);
  expect(now()).toMatchObject({ run: 'b', known: null });
  answers[1]?.resolve(null);
  await late;
  answers[0]?.resolve(kept(10, 1));
  await early;
  expect(now()).toMatchObject({ run: 'b', isBusy: false, known: null, fault: null });
});
