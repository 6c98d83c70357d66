// How many steps a call takes: short calls for the eye, several steps where state is large, never a long wait.

import { describe, expect, it } from 'vitest';
import { MeasuredPace } from './pace.ts';

const stepsOf = (stateSize: number, ...secondsPerStep: readonly number[]): number => {
  const pace = new MeasuredPace(stateSize);
  for (const seconds of secondsPerStep) pace.took(1, seconds);
  return pace.steps;
};

const stepsAfter = (...secondsPerStep: readonly number[]): number => stepsOf(1000, ...secondsPerStep);

describe('the pace of calls', () => {
  it('begins with one step, for nothing is known', () => expect(stepsAfter()).toBe(1));
  it('fills some 50 ms with fast steps, to a limit', () => {
    expect(stepsAfter(0.005)).toBe(10);
    expect(stepsAfter(0.00001)).toBe(64);
  });
  it('lets slow steps share a call where the state is large, while it stays below 2 s', () => {
    expect(stepsOf(6e7, 0.1)).toBe(8);
    expect(stepsOf(6e7, 0.7)).toBe(2);
    expect(stepsOf(6e7, 3)).toBe(1);
    expect(stepsAfter(0.1)).toBe(1);
  });
  it('is not misled by a slow first call', () => expect(stepsAfter(1, 0.005)).toBe(10));
  it('gives way slowly where a call was held up', () => expect(stepsAfter(0.005, 0.5)).toBe(7));
});
