// What is said of layers that do badly: the worst first, nothing where all do well.

import { expect, test } from 'vitest';
import { judged } from '../state/index.ts';
import { diagnosisOf } from './diagnosis.ts';

const named = (layers: Parameters<typeof judged>[0]) => [...judged(layers)].map(([id, health]) => ({ ...health, id, name: id }));
const fine = { spread: 0.4, still: 0.1, gradient: 0.01 };

test('nothing, where all layers do well or there are none', () => {
  expect(diagnosisOf(named({ a: fine, b: { ...fine, gradient: 0.002 } }))).toBeNull();
  expect(diagnosisOf([])).toBeNull();
});

test.each([
  ['a gradient that vanishes', { gradient: 1e-6 }, 'bad', 'Vanishing gradients', /first is 10,000 times smaller than that of last/],
  ['one that becomes small', { gradient: 5e-5 }, 'warn', 'Gradients become small', /200 times/],
  ['none at all', { gradient: 0 }, 'bad', 'No gradient', /reaches first/],
  ['one that explodes', { gradient: 1e5 }, 'bad', 'Exploding gradients', /of first is so large/],
  ['units that stand still', { still: 0.85 }, 'bad', 'Units that stand still', /^85 % of the units of first/],
] as const)('%s', (_, changes, tone, title, rest) => {
  const found = diagnosisOf(named({ first: { ...fine, ...changes }, last: fine }));
  expect(found).toMatchObject({ tone, title });
  expect(found?.rest).toMatch(rest);
});
