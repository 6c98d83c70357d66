// Events become snapshots: nothing twice, nothing lost, bounded.

import { expect, test } from 'vitest';
import type { RunProgress, RunSnapshot } from '../../shared/protocol/contract.ts';
import { batchLimit, foldProgress, joinBatches } from './foldRuns.ts';

const run: RunSnapshot = {
  id: 'r',
  status: 'running',
  record: null,
  networkId: 'n',
  networkName: 'N',
  step: 2,
  totalSteps: 10,
  epochs: [],
  batches: [
    { step: 1, values: { loss: 2 } },
    { step: 2, values: { loss: 1 } },
  ],
  secondsElapsed: 1,
  secondsLeft: 4,
  samplesPerSecond: 10,
  memory: null,
  test: null,
  error: null,
  race: null,
};
const event = (more: Partial<RunProgress>): RunProgress => ({
  id: 'r',
  status: 'running',
  step: 4,
  totalSteps: 10,
  batches: [],
  epochs: [],
  secondsElapsed: 2,
  secondsLeft: 3,
  samplesPerSecond: 10,
  memory: 5,
  ...more,
});

test('batches that a snapshot already had are not taken twice', () => {
  const folded = foldProgress(
    run,
    event({
      batches: [
        { step: 2, values: { loss: 1 } },
        { step: 3, values: { loss: 0.5 } },
      ],
    }),
  );
  expect(folded.batches.map(({ step }) => step)).toEqual([1, 2, 3]);
  expect(folded).toMatchObject({ step: 4, secondsLeft: 3, memory: 5, networkName: 'N' });
});
test('epochs come once, in order; test and error stay', () => {
  const epoch = (number: number) => ({ epoch: number, values: { loss: 1 }, seconds: 1, samplesPerSecond: 1 });
  const first = foldProgress(run, event({ epochs: [epoch(1)], test: { accuracy: 0.9 } }));
  const second = foldProgress(first, event({ epochs: [epoch(1), epoch(2)] }));
  expect(second.epochs.map(({ epoch: number }) => number)).toEqual([1, 2]);
  expect(second.test).toEqual({ accuracy: 0.9 });
});
test('a long run keeps its last batch and stays bounded', () => {
  let batches: RunSnapshot['batches'] = [];
  for (let step = 1; step <= 10 * batchLimit; step++) batches = joinBatches(batches, [{ step, values: { loss: 1 } }]);
  expect(batches.length).toBeLessThanOrEqual(batchLimit);
  expect(batches[0]?.step).toBe(1);
  expect(batches.at(-1)?.step).toBe(10 * batchLimit);
});

test('what layers learned beforehand comes once, in its order', () => {
  const summary = (layer: string, epoch: number) => ({
    layer,
    title: 'Contrastive divergence',
    epoch,
    epochs: 2,
    values: { reconstruction_error: 0.1 },
    seconds: 1,
  });
  const first = foldProgress(run, event({ preparations: [summary('a', 1)] }));
  const second = foldProgress(first, event({ preparations: [summary('a', 1), summary('a', 2), summary('b', 1)] }));
  expect(second.preparations?.map(({ layer, epoch }) => `${layer}${epoch}`)).toEqual(['a1', 'a2', 'b1']);
  expect(foldProgress(second, event({})).preparations).toHaveLength(3);
  expect(run.preparations).toBeUndefined();
});
