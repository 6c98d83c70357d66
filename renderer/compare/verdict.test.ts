// A race must not claim more than one run each can show.

import { expect, test } from 'vitest';
import { gapBetween, points, standardError, verdictOf } from './verdict.ts';

const of = (name: string, accuracy: number, samples = 10_000) => ({ name, accuracy, samples });

test('the standard error is the binomial one, and never 0', () => {
  expect(standardError(0.98, 10_000)).toBeCloseTo(0.0014, 10);
  expect(standardError(0.5, 100)).toBeCloseTo(0.05, 10);
  expect(standardError(1, 4)).toBeCloseTo(Math.sqrt(((5 / 6) * (1 / 6)) / 4), 12);
  expect(standardError(0, 4)).toBeCloseTo(standardError(1, 4), 12);
});

test('a gap counts above two standard errors of the difference only', () => {
  const error = Math.sqrt((2 * 0.98 * 0.02) / 10_000);
  expect(gapBetween(of('a', 0.98), of('b', 0.98)).error).toBeCloseTo(error, 10);
  expect(gapBetween(of('MLP', 0.978), of('CNN', 0.9892))).toMatchObject({ ahead: 'CNN', behind: 'MLP', shown: true });
  expect(gapBetween(of('MLP', 0.978), of('LSTM', 0.977)).shown).toBe(false);
});

test('a clear winner is named with its leads, and with what chance explains', () => {
  const verdict = verdictOf([of('MLP', 0.978), of('CNN', 0.9892), of('LSTM', 0.97)], 3);
  expect(verdict.kind).toBe('winner');
  expect(verdict.headline).toBe('CNN is ahead of MLP (+1.1 points) and LSTM (+1.9 points).');
  expect(verdict.details).toEqual(['Chance alone explains up to 0.4 points and 0.4 points.']);
  expect(verdict.judged).toContain('One run each');
  expect(verdict.judged).toContain('MLP ± 0.15');
});

test('one lead alone is said once', () => {
  expect(verdictOf([of('MLP', 0.978), of('CNN', 0.9892)], 2).details).toEqual(['Chance alone explains up to 0.4 points.']);
});

test('a close race has no winner, and still says who is behind', () => {
  const verdict = verdictOf([of('MLP', 0.9782), of('CNN', 0.979), of('LSTM', 0.95)], 3);
  expect(verdict.kind).toBe('none');
  expect(verdict.headline).toBe('No difference shown between CNN and MLP.');
  expect(verdict.details).toEqual([
    'CNN and MLP are 0.08 points apart, and 2 standard errors of the difference are 0.4 points.',
    'CNN is ahead of LSTM (+2.9 points).',
  ]);
});

test('equal results are called equal', () => {
  expect(verdictOf([of('A', 0.9), of('B', 0.9)], 2)).toMatchObject({ kind: 'none', details: ['A and B have the same test accuracy.'] });
});

test('four test samples decide nothing, even 1 against 0', () => {
  const verdict = verdictOf([of('A', 1, 4), of('B', 0, 4)], 2);
  expect(verdict.kind).toBe('none');
  expect(verdict.headline).toContain('too few');
});

test('one result, or none, is not a comparison', () => {
  expect(verdictOf([], 3)).toMatchObject({ kind: 'waiting', headline: 'No network has a test result yet.' });
  expect(verdictOf([of('MLP', 0.9)], 3)).toMatchObject({
    kind: 'waiting',
    headline: 'MLP has finished; a comparison needs two.',
    details: ['1 of 3 have a test result.'],
  });
});

test('points keep a second digit where the first would be 0', () => {
  expect([0.011, -0.004, 0.0004].map(points)).toEqual(['1.1 points', '0.4 points', '0.04 points']);
});
