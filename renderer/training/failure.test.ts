// A failed run must say what, where and what to do, whatever the trainer wrote.

import { expect, test } from 'vitest';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';
import { canGoOn, failureWords, rateInstead } from './failure.ts';

test('the first sentence is the title', () => {
  const words = failureWords({
    kind: 'work',
    code: 'engine-broke',
    message: 'The loss became NaN in epoch 1 at step 0.5. Try 0.0001. It helps.',
    where: 'epoch 1',
  });
  expect(words.title).toBe('The loss became NaN in epoch 1 at step 0.5.');
  expect(words.rest).toEqual(['Try 0.0001. It helps.', 'Where: epoch 1', 'Everything you drew is kept. Change what caused it, or train again as it is.']);
});

test('one sentence, and none', () => {
  expect(failureWords({ kind: 'data', code: 'x', message: 'The file is cut off.' })).toEqual({
    title: 'The file is cut off.',
    rest: ['Choose another dataset, or bring this one here again.'],
  });
  expect(failureWords(null).title).toContain('did not say why');
});

const run = (over: Partial<RunSnapshot>): RunSnapshot => ({
  ...{ id: 'r', status: 'failed', networkId: 'n', networkName: 'n', step: 40, totalSteps: 100, batches: [], secondsElapsed: 1, secondsLeft: null },
  ...{
    samplesPerSecond: null,
    memory: null,
    test: null,
    error: null,
    race: null,
    epochs: [{ epoch: 1, seconds: 1, samplesPerSecond: 1, values: {} }],
  },
  record: { settings: { ...defaultTrainingSettings, optimizer: { id: 'adam', parameters: { learningRate: 5 } } } } as unknown as RunSnapshot['record'],
  ...over,
});
const failedAs = (code: string) => ({ kind: 'work', code, message: 'x.' }) as const;

test('a run that was interrupted from outside can go on, one whose loss broke cannot', () => {
  expect(canGoOn(run({ error: failedAs('trainer-killed') }))).toBe(true);
  expect(canGoOn(run({ error: failedAs('trainer-killed'), epochs: [] }))).toBe(false);
  expect(canGoOn(run({ error: failedAs('loss-not-finite') }))).toBe(false);
  expect(canGoOn(run({ status: 'stopped', epochs: [] }))).toBe(true);
  expect(canGoOn(run({ status: 'finished' }))).toBe(false);
});

test('where the loss broke, a smaller learning rate is proposed; the place is not said twice', () => {
  expect(rateInstead(run({ error: failedAs('loss-not-finite') }))).toBe(0.001);
  expect(rateInstead(run({ error: failedAs('trainer-killed') }))).toBeNull();
  expect(failureWords({ ...failedAs('loss-not-finite'), where: 'epoch 1, step 2' }).rest).toEqual([]);
});
