// The training loop: epochs, steps, validation. Knows the engine only as an interface and neither files nor messages.
// A run that was stopped goes on from its position with the same numbers as if it had never stopped.

import { NetwrightError } from '../../shared/lib/errors.ts';
import type { EpochSummary, MetricValues } from '../../shared/protocol/contract.ts';
import { batchValues, Meter, type MeterResults, type MeterState } from '../../shared/training/meter.ts';
import { rateWords, saferLearningRate } from '../../shared/training/saferLearningRate.ts';
import type { RateOf } from '../../shared/training/schedules/index.ts';
import type { Control } from './control.ts';
import type { EngineSession, PartName, StepValues, TrainBatch } from './engines/engine.ts';
import type { Pace } from './pace.ts';
import { type Ahead, batchesAhead, batchesOf, type Plan } from './plan.ts';

export interface LoopOptions {
  readonly session: EngineSession;
  readonly plan: Plan;
  readonly epochs: number;
  readonly batchSize: number;
  readonly control: Control;
  readonly pace: Pace;
  /** Steps done before, and epochs whose summary stands already. */
  readonly step: number;
  readonly epochsDone: number;
  /** Seconds that the unfinished epoch took before. */
  readonly epochSeconds: number;
  /** What the steps of the unfinished epoch that were done before have added up to; null where there are none. */
  readonly earlier: MeterState | null;
  /** How a metric's sums become its value. */
  readonly results: MeterResults;
  /** The learning rate of a step, from the one that is set. */
  readonly rateOf: RateOf;
  readonly hooks: LoopHooks;
  /** Told which rows the call after the next one trains on, while that one runs. */
  readonly ahead?: Ahead | undefined;
}

export interface LoopHooks {
  batch(step: number, values: MetricValues): void;
  /** @returns why training ends here, in words; null where it goes on */
  epoch(summary: EpochSummary, step: number): Promise<string | null>;
  /** A pause begins; resolves when it ends. */
  pause(position: LoopPosition): Promise<void>;
}

/** Where in the run the loop is: what a checkpoint needs beside the weights. */
export interface LoopPosition {
  readonly step: number;
  /** Seconds spent in the unfinished epoch, pauses not counted. */
  readonly epochSeconds: number;
  /** What its steps have added up to. */
  readonly meter: MeterState;
}

export interface LoopEnd extends LoopPosition {
  readonly reason: 'finished' | 'stopped' | 'early-stopping';
  /** Why it ended before its time, where a callback wanted it. */
  readonly note: string | null;
}

/** Thrown inside to leave all loops at once; never leaves this file. */
class Stopped extends Error {}

const words = (value: number): string => (Number.isNaN(value) ? 'not a number (NaN)' : 'infinite');

/** @throws NetwrightError that says where the loss broke and what to do */
function refuseBroken(loss: number, what: string, epoch: number, step: number, learningRate: number): void {
  if (Number.isFinite(loss)) return;
  throw new NetwrightError({
    kind: 'work',
    code: 'loss-not-finite',
    where: `epoch ${epoch}, step ${step}`,
    message: `The ${what} became ${words(loss)} in epoch ${epoch} at step ${step}, with a learning rate of ${rateWords(learningRate)}. Most often the learning rate is too large: try ${rateWords(saferLearningRate(learningRate))}. Data with values far from 0 and 1 does it too.`,
  });
}

/** Mean values over rows, weighted by batch size. `border` runs before every batch and may throw; `ahead` is told which rows come soon. */
export async function evaluateRows(
  session: EngineSession,
  results: MeterResults,
  part: PartName,
  rows: Int32Array,
  batchSize: number,
  border: () => Promise<void>,
  ahead?: Ahead,
): Promise<MetricValues> {
  const meter = new Meter(results);
  for (const batch of batchesAhead(rows, batchSize, ahead)) {
    await border();
    meter.add(await session.evaluateStep(part, batch), batch.length);
  }
  return meter.values();
}

class Loop {
  private readonly o: LoopOptions;
  private step: number;
  private meter: Meter;
  private epochStarted = 0;
  private paused = 0;

  constructor(options: LoopOptions) {
    this.o = options;
    this.step = options.step;
    this.meter = new Meter(options.results, options.earlier);
  }

  /** Seconds in this epoch so far, pauses not counted. */
  private epochSeconds(): number {
    return (performance.now() - this.epochStarted - this.paused) / 1000;
  }

  private position(): LoopPosition {
    return { step: this.step, epochSeconds: this.epochSeconds(), meter: this.meter.state() };
  }

  private async border(): Promise<void> {
    const { control, hooks } = this.o;
    await control.breathe();
    if (control.stopping) throw new Stopped();
    if (!control.pausing) return;
    const since = performance.now();
    await hooks.pause(this.position());
    this.paused += performance.now() - since;
    if (control.stopping) throw new Stopped();
  }

  /** What the next call trains on: as many batches of one size as the pace allows. */
  private nextCall(rows: readonly Int32Array[]): TrainBatch[] {
    const { control, rateOf } = this.o;
    const different = rows.findIndex(({ length }) => length !== rows[0]?.length);
    const count = Math.min(this.o.pace.steps, different < 0 ? rows.length : different);
    return rows.slice(0, count).map((batch, i) => {
      const step = this.step + 1 + i;
      return { rows: batch, step, learningRate: rateOf(step, control.learningRate) };
    });
  }

  private count({ rows, learningRate }: TrainBatch, epoch: number, sums: StepValues): void {
    const { results, hooks } = this.o;
    this.step++;
    this.meter.add(sums, rows.length);
    const values = batchValues(results, sums);
    hooks.batch(this.step, values);
    refuseBroken(values['loss'] as number, 'loss', epoch, this.step, learningRate);
  }

  private async train(epoch: number, batches: readonly Int32Array[]): Promise<void> {
    for (let at = 0; at < batches.length; ) {
      await this.border();
      const call = this.nextCall(batches.slice(at, at + this.o.pace.steps)),
        since = performance.now();
      this.announce(batches.slice(at + call.length, at + call.length + this.o.pace.steps));
      const values = await this.o.session.trainSteps(call);
      this.o.pace.took(call.length, (performance.now() - since) / 1000);
      for (const [i, batch] of call.entries()) this.count(batch, epoch, values[i] as StepValues);
      at += call.length;
    }
  }

  private announce(batches: readonly Int32Array[]): void {
    if (batches.length > 0) this.o.ahead?.(Int32Array.from(batches.flatMap((batch) => [...batch])));
  }

  private async validate(epoch: number): Promise<MetricValues> {
    const { session, results, plan, batchSize, control } = this.o;
    if (plan.validation.length === 0) return {};
    const values = await evaluateRows(session, results, 'train', plan.validation, batchSize, () => this.border(), this.o.ahead);
    refuseBroken(values.loss as number, 'validation loss', epoch, this.step, control.learningRate);
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [`val_${key}`, value]));
  }

  private async epoch(epoch: number): Promise<string | null> {
    const { plan, batchSize, hooks, results, control, rateOf } = this.o;
    const first = epoch === this.o.epochsDone + 1;
    this.epochStarted = performance.now() - (first ? this.o.epochSeconds * 1000 : 0);
    this.paused = 0;
    if (!first) this.meter = new Meter(results);
    const done = this.step - (epoch - 1) * plan.stepsPerEpoch;
    const batches = [...batchesOf(plan.order(epoch), batchSize)];
    await this.train(epoch, batches.slice(done));
    const training = this.epochSeconds();
    const values = { ...this.meter.values(), ...(await this.validate(epoch)) };
    const speed = { seconds: this.epochSeconds(), samplesPerSecond: plan.trainCount / training };
    return hooks.epoch({ epoch, values, ...speed, learningRate: rateOf(this.step, control.learningRate) }, this.step);
  }

  async run(): Promise<LoopEnd> {
    try {
      for (let epoch = this.o.epochsDone + 1; epoch <= this.o.epochs; epoch++) {
        const note = await this.epoch(epoch);
        if (note !== null) return { ...this.position(), reason: 'early-stopping', note };
      }
      return { ...this.position(), reason: 'finished', note: null };
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      return { ...this.position(), reason: 'stopped', note: null };
    }
  }
}

/** Trains to the end or until stopped. @throws NetwrightError where the loss is no number any more */
export function trainLoop(options: LoopOptions): Promise<LoopEnd> {
  return new Loop(options).run();
}
