import { describe, expect, it } from 'vitest';
import type { DatasetPart } from '../../shared/datasets/descriptor.ts';
import { normalAt } from '../../shared/lib/random.ts';
import type { EpochSummary, MetricValues } from '../../shared/protocol/contract.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../shared/training/settings.ts';
import { resolveSchedule } from '../../shared/training/schedules/index.ts';
import { Control } from './control.ts';
import type { State } from './engines/engine.ts';
import { LineSession, lineResults } from './fixtures/lineSession.ts';
import { type LoopEnd, trainLoop } from './loop.ts';
import { planOf } from './plan.ts';

const line = (count: number): DatasetPart => {
  const features = Float32Array.from({ length: count }, (_, i) => normalAt(1, i));
  return { count, columns: { 'features/x': features, 'labels/y': features.map((x, i) => 3 * x - 1 + 0.1 * normalAt(2, i)) } };
};
const parts = { train: line(103), test: line(20) };
const settings: TrainingSettings = { ...defaultTrainingSettings, epochs: 3, batchSize: 10, validationSplit: 0.1, seed: 5 };

interface Trace {
  readonly batches: MetricValues[];
  readonly epochs: EpochSummary[];
  readonly session: LineSession;
  readonly control: Control;
  end: LoopEnd | null;
  state: State;
}
interface Start {
  readonly trace?: Trace;
  readonly rate?: number;
  readonly at?: (step: number, control: Control) => void;
  readonly over?: Partial<TrainingSettings>;
  /** Steps in one call of the engine. */
  readonly steps?: number;
  /** The epoch after which a callback ends training. */
  readonly endAfter?: number;
  /** Gets the rows that are announced, and how many batches were seen until then. */
  readonly ahead?: (rows: number[], seen: number) => void;
}

/** Trains to the end, or goes on from where a trace stopped. */
async function train({ trace: before, rate = 0.02, at = () => undefined, over = {}, steps = 1, endAfter, ahead }: Start = {}): Promise<Trace> {
  const used = { ...settings, ...over };
  const plan = planOf(used, parts.train.count);
  const session = new LineSession(parts);
  if (before) await session.setState(before.state);
  const control = new Control(rate);
  const trace: Trace = { batches: [...(before?.batches ?? [])], epochs: [...(before?.epochs ?? [])], session, control, end: null, state: new Map() };
  const step = before?.end?.step ?? 0;
  trace.end = await trainLoop({
    session,
    plan,
    control,
    pace: { steps, took: () => undefined },
    step,
    epochs: used.epochs,
    batchSize: used.batchSize,
    epochsDone: trace.epochs.length,
    epochSeconds: 0,
    earlier: before?.end?.meter ?? null,
    results: lineResults,
    rateOf: resolveSchedule(used, plan.totalSteps),
    ahead: (rows) => ahead?.([...rows], session.seen.length),
    hooks: {
      batch: (done, values) => {
        trace.batches.push(values);
        at(done, control);
      },
      epoch: async (summary) => {
        trace.epochs.push(summary);
        return endAfter === summary.epoch ? 'enough' : null;
      },
      pause: async () => {
        setImmediate(() => control.resume());
        await control.whilePaused();
      },
    },
  });
  trace.state = await session.state();
  return trace;
}
const values = ({ batches, epochs, state }: Trace) => ({ batches, epochs: epochs.map((epoch) => epoch.values), state });

describe('the training loop', () => {
  it('learns, and validates on the end of the training part before shuffling', async () => {
    const trace = await train({ over: { epochs: 20 } });
    const last = trace.epochs.at(-1)?.values ?? {};
    expect(last.loss).toBeLessThan(0.05);
    expect(last.val_loss).toBeLessThan(0.05);
    expect(trace.end).toMatchObject({ reason: 'finished', step: 200 });
    expect(new Set(trace.session.seen.flat()).size).toBe(92);
    expect(Math.max(...trace.session.seen.flat())).toBe(91);
  });

  it('sees every row once an epoch, in another order each time, the short last batch too', async () => {
    const { session } = await train();
    const epochs = [0, 1, 2].map((epoch) => session.seen.slice(epoch * 10, epoch * 10 + 10).flat());
    for (const rows of epochs) expect(rows.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 92 }, (_, i) => i));
    expect(session.seen[9]).toHaveLength(2);
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect((await train({ over: { shuffle: false } })).session.seen[0]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('gives an epoch the mean over samples, not over batches', async () => {
    const { batches, epochs } = await train();
    const sizes = [...Array(9).fill(10), 2];
    const mean = batches.slice(0, 10).reduce((sum, batch, i) => sum + (batch.loss as number) * sizes[i], 0) / 92;
    expect(epochs[0]?.values.loss).toBeCloseTo(mean, 12);
  });

  it('gives the same numbers for the same seed, others for another', async () => {
    expect(values(await train())).toEqual(values(await train()));
    expect((await train({ over: { seed: 6 } })).batches).not.toEqual((await train()).batches);
  });

  it('changes no number when it is paused', async () => {
    expect(values(await train({ at: (step, control) => step % 4 === 1 && control.pause() }))).toEqual(values(await train()));
  });

  it.each([1, 9, 10, 11, 25])('goes on exactly where it was stopped after step %i', async (stopAfter) => {
    const stopped = await train({ at: (step, control) => step === stopAfter && control.stop() });
    expect(stopped.end).toMatchObject({ reason: 'stopped', step: stopAfter });
    expect(values(await train({ trace: stopped }))).toEqual(values(await train()));
  });

  it('changes no number when several steps go into one call, and stops between calls', async () => {
    expect(values(await train({ steps: 4 }))).toEqual(values(await train()));
    const stopped = await train({ steps: 4, at: (step, control) => step === 6 && control.stop() });
    expect(stopped.end).toMatchObject({ reason: 'stopped', step: 8 });
    expect(values(await train({ steps: 4, trace: stopped }))).toEqual(values(await train()));
  });

  it('announces the rows of the call after the next one', async () => {
    const announced: { readonly rows: number[]; readonly seen: number }[] = [];
    const { session } = await train({ steps: 4, over: { epochs: 1 }, ahead: (rows, seen) => announced.push({ rows, seen }) });
    // Calls of 4, 4, 1 and the shorter last batch.
    expect(announced.map(({ seen }) => seen)).toEqual([0, 4, 8]);
    expect(announced.map(({ rows }) => rows)).toEqual([session.seen.slice(4, 8).flat(), session.seen.slice(8).flat(), session.seen[9]]);
  });

  it('takes a new learning rate from the next step on', async () => {
    const { session } = await train({ at: (step, control) => void (step === 3 && (control.learningRate = 0.5)), over: { epochs: 1 } });
    expect(session.rates.slice(0, 5)).toEqual([0.02, 0.02, 0.02, 0.5, 0.5]);
  });

  it('takes the rate of every step from the schedule, the same when it was stopped in between', async () => {
    const over = { epochs: 2, schedule: { id: 'cosineDecay', parameters: {} } };
    const { session, epochs } = await train({ over });
    session.rates.forEach((rate, i) => void expect(rate).toBeCloseTo(0.01 * (1 + Math.cos((Math.PI * i) / 20)), 12));
    expect(session.rates).toHaveLength(20);
    expect(epochs.map(({ learningRate }) => learningRate)).toEqual([session.rates[9], session.rates[19]]);
    const stopped = await train({ over, at: (step, control) => step === 7 && control.stop() });
    expect(values(await train({ over, trace: stopped }))).toEqual(values(await train({ over })));
  });

  it('ends after an epoch where a callback wants it, and says why', async () => {
    const { end, epochs } = await train({ endAfter: 2 });
    expect(end).toMatchObject({ reason: 'early-stopping', note: 'enough', step: 20 });
    expect(epochs).toHaveLength(2);
  });

  it('fails with the place and the learning rate when the loss is no number any more', async () => {
    await expect(train({ rate: 1e30 })).rejects.toThrow(
      /^The loss became (infinite|not a number \(NaN\)) in epoch 1 at step \d, with a learning rate of 1e30\. Most often the learning rate is too large: try 0\.001\./,
    );
  });
});

describe('the plan', () => {
  it('counts as Keras does', () => {
    const plan = planOf({ ...settings, batchSize: 128, validationSplit: 0.1 }, 60_000);
    expect(plan).toMatchObject({ trainCount: 54_000, stepsPerEpoch: 422, totalSteps: 1266 });
    expect(plan.validation.length).toBe(6000);
    expect(plan.validation[0]).toBe(54_000);
  });

  it('uses only the first samples where there is a limit', () => {
    const plan = planOf({ ...settings, limit: 50 }, 60_000);
    expect(plan.trainCount).toBe(45);
    expect([...plan.validation]).toEqual([45, 46, 47, 48, 49]);
  });

  it('refuses a split that leaves nothing', () => {
    expect(() => planOf({ ...settings, validationSplit: 0.9 }, 1)).toThrow('Of 1 samples, a validation split of 0.9 leaves none to train on.');
  });
});
