// Processes killed at any moment. Ten times as many by `npm run trust -- training` and `npm run trust -- saving`.

import { expect, test } from 'vitest';
import { savingKills } from './savingKills.ts';
import { trainingKills } from './trainingKills.ts';

const patience = 600_000;

test('a training killed 20 times and resumed gives the numbers of one that was not', { timeout: patience }, async () => {
  const { kills, inTraining, surprises } = await trainingKills(20);
  expect(surprises).toEqual([]);
  expect(kills).toBe(20);
  expect(inTraining).toBeGreaterThan(10);
});

test('an editor killed 50 times loses nothing that it had kept, and no file', { timeout: patience }, async () => {
  const { kills, surprises } = await savingKills(50);
  expect(surprises).toEqual([]);
  expect(kills).toBe(50);
});
