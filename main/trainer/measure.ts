// How long one step takes: a few are really done, at a learning rate of zero, in calls as long as training makes them.

import type { EngineSession, TrainBatch } from './engines/engine.ts';

const MEASURED_SECONDS = 0.4;
const MOST_CALLS = 20;
/** A step that takes longer than this is timed once: nobody waits for a median of it. */
const LONG_STEP = 1;

export interface StepTime {
  /** Of one step: the median. */
  readonly seconds: number;
  /** As many steps were timed. */
  readonly steps: number;
}

/** Times steps of the first `size` training rows. @param session with a state */
export async function timeSteps(session: EngineSession, size: number): Promise<StepTime> {
  const rows = Int32Array.from({ length: size }, (_, i) => i);
  const call = async (steps: number): Promise<number> => {
    const batches = Array.from({ length: steps }, (_, i): TrainBatch => ({ rows, step: i + 1, learningRate: 0 }));
    const since = performance.now();
    await session.trainSteps(batches);
    return (performance.now() - since) / 1000 / steps;
  };
  // The first is slower: whatever is made ready at first use.
  await call(1);
  const one = await call(1);
  if (one > LONG_STEP) return { seconds: one, steps: 1 };
  // As many steps a call as in training, where the loop measures its own pace.
  const steps = Math.max(1, Math.min(16, Math.round(0.05 / one)));
  await call(steps);
  const times: number[] = [];
  for (const start = performance.now(); times.length < 2 || (performance.now() - start < MEASURED_SECONDS * 1000 && times.length < MOST_CALLS); )
    times.push(await call(steps));
  return { seconds: times.sort((a, b) => a - b)[times.length >> 1] as number, steps: times.length * steps };
}

/** Seconds of evaluating so many rows of the training part once, after a first time that does not count. */
export async function timeEvaluation(session: EngineSession, rows: Int32Array): Promise<number> {
  await session.evaluateStep('train', rows);
  const since = performance.now();
  await session.evaluateStep('train', rows);
  return (performance.now() - since) / 1000;
}
