// Which layers are called healthy, to be watched and ill.

import { expect, it } from 'vitest';
import { largestGradient, verdictOf } from './health.ts';

const healthy = { spread: 0.5, still: 0.1, gradient: 1e-2 };

it('a layer is judged beside the others of its network', () => {
  const largest = largestGradient({ a: healthy, b: { ...healthy, gradient: 1e-5 } });
  expect(largest).toBe(1e-2);
  expect(verdictOf(healthy, largest)).toEqual({ activation: 'healthy', gradient: 'healthy' });
  expect(verdictOf({ ...healthy, gradient: 5e-5 }, largest).gradient).toBe('watch');
  expect(verdictOf({ ...healthy, gradient: 1e-6 }, largest).gradient).toBe('ill');
  expect(verdictOf({ ...healthy, gradient: 0 }, largest).gradient).toBe('ill');
  // A perceptron that is right everywhere has nothing left to learn.
  expect(verdictOf({ ...healthy, gradient: 0 }, 0).gradient).toBe('healthy');
});

it.each([
  [{ still: 0.6 }, 'activation', 'watch'],
  [{ still: 0.9 }, 'activation', 'ill'],
  [{ gradient: 50 }, 'gradient', 'watch'],
  [{ gradient: 5000 }, 'gradient', 'ill'],
] as const)('%o: %s is %s', (changes, what, state) => {
  const one = { ...healthy, ...changes };
  expect(verdictOf(one, Math.max(one.gradient, healthy.gradient))[what]).toBe(state);
});
