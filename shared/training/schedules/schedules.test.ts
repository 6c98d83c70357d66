// Every schedule against Keras' over 30 steps (../fixtures/make.py).

import { expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import fixtures from '../fixtures/schedules.json' with { type: 'json' };
import type { ChosenSettings } from '../settings.ts';
import { resolveSchedule, schedules } from './index.ts';

const cases = fixtures.cases as unknown as readonly (ChosenSettings & { readonly rates: readonly number[] })[];

test.each(cases.map((one) => [`${one.id} ${JSON.stringify(one.parameters)}`, one] as const))('%s', (_title, { id, parameters, rates }) => {
  const rateOf = resolveSchedule({ schedule: { id, parameters } }, 1000);
  closeTo(
    rates.map((_, i) => rateOf(i + 1, 0.1)),
    rates,
    1e-6,
  );
});

test('every schedule was compared and stands under its id', () => {
  expect(new Set(['constant', ...cases.map(({ id }) => id)])).toEqual(new Set(Object.keys(schedules)));
  for (const [id, schedule] of Object.entries(schedules)) expect(schedule.id).toBe(id);
});

test('without a schedule the rate stays; without decay steps it falls over the whole run', () => {
  expect(resolveSchedule({}, 10)(7, 0.3)).toBe(0.3);
  const rateOf = resolveSchedule({ schedule: { id: 'cosineDecay', parameters: {} } }, 40);
  expect(rateOf(21, 0.2)).toBeCloseTo(0.1, 12);
  expect(rateOf(41, 0.2)).toBeCloseTo(0, 12);
});

test.each([
  [{ id: 'nonsense', parameters: {} }, 'There is no schedule “nonsense” (training.schedule.id).'],
  [
    { id: 'cosineDecay', parameters: { decaySteps: 0.5 } },
    'Decay steps must be a whole number at least 1, or none, but is 0.5 (training.schedule.parameters.decaySteps).',
  ],
  [{ id: 'cosineDecay', parameters: { speed: 1 } }, 'Cosine decay has no parameter “speed” (training.schedule.parameters.speed).'],
  [{ id: 'piecewiseConstantDecay', parameters: { boundaries: '5 a' } }, 'Boundaries must be numbers such as 100, 200, but is 5 a'],
  [{ id: 'piecewiseConstantDecay', parameters: { boundaries: '5' } }, 'one value more than boundaries, but has boundaries 5'],
  [{ id: 'piecewiseConstantDecay', parameters: { boundaries: '9, 5' } }, 'needs boundaries that rise'],
])('refuses %j', (schedule, message) => {
  expect(() => resolveSchedule({ schedule }, 10)).toThrow(message);
});
