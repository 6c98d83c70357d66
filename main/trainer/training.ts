// One training in progress: what happens at its batches, epochs, pauses and end. Keeps the run's files and tells the main process;
// the order of things is the loop's.

import { join } from 'node:path';
import type { EpochSummary, MetricValues } from '../../shared/protocol/contract.ts';
import type { FromTrainer, JobOf } from '../../shared/protocol/trainer.ts';
import type { Callbacks } from '../../shared/training/callbacks/index.ts';
import type { BatchLog } from './batchLog.ts';
import { averagedState, loadBest, saveBest } from './best.ts';
import { type Checkpoint, type Position, saveCheckpoint, saveLearned } from './checkpoint.ts';
import type { Control } from './control.ts';
import { appendEpoch } from './epochLog.ts';
import type { HealthWatch } from './health.ts';
import type { LoopPosition } from './loop.ts';
import type { Reporter } from './reporter.ts';
import type { Setup } from './setup.ts';
import { testPart } from './testPart.ts';

export type Send = (message: FromTrainer) => void;

export interface TrainingParts {
  readonly job: JobOf<'train'>;
  readonly setup: Setup;
  readonly control: Control;
  readonly callbacks: Callbacks;
  readonly send: Send;
  readonly log: BatchLog;
  readonly reporter: Reporter;
  /** Null where nobody looks at it. */
  readonly health: HealthWatch | null;
}

class TestStopped extends Error {}

/** Its methods are the loop's hooks, and what comes after the loop. */
export class Training {
  private readonly o: TrainingParts;

  constructor(parts: TrainingParts) {
    this.o = parts;
  }

  async save(at: Pick<Checkpoint, 'step' | 'epochSeconds' | 'meter'>): Promise<void> {
    const { job, setup, reporter, log } = this.o;
    reporter.flush();
    await log.sync();
    const state = await setup.session.state();
    await saveCheckpoint(job.folder, { ...this.position(at), state }, setup.shapes);
  }

  batch(step: number, values: MetricValues): void {
    this.o.log.add(values);
    this.o.reporter.batch({ step, values });
  }

  async epoch(summary: EpochSummary, step: number): Promise<string | null> {
    const { job, setup, control, callbacks, reporter } = this.o;
    const decision = callbacks.epoch({ epoch: summary.epoch, values: summary.values, learningRate: control.learningRate });
    control.learningRate = decision.learningRate;
    for (const id of decision.keep) await saveBest(job.folder, id, await setup.session.state(), setup.compiled);
    const isLast = decision.stop !== null || summary.epoch === job.settings.epochs;
    const health = (await this.o.health?.at(step, isLast)) ?? null;
    const whole = health ? { ...summary, health } : summary;
    reporter.epoch(whole);
    // Before the checkpoint: one that knows more epochs than the file would, after a kill in between, have the last one summed up from nothing.
    await appendEpoch(join(job.folder, 'epochs.jsonl'), whole);
    await this.save({ step, epochSeconds: 0, meter: null });
    return decision.stop;
  }

  async pause(position: LoopPosition): Promise<void> {
    const { control, reporter, send } = this.o;
    reporter.clock(false);
    await this.save(position);
    if (control.pausing) send({ type: 'paused' });
    await control.whilePaused();
    reporter.clock(true);
    if (!control.stopping) send({ type: 'resumed' });
  }

  /** The averaged or the best weights take the place of the last ones, where the settings ask for it: they are what the run has learned. Its checkpoint keeps the last ones. */
  async settle(step: number): Promise<void> {
    const { job, setup, callbacks } = this.o;
    const averaged = averagedState(await setup.session.state(), setup.compiled, job.settings.optimizer.id);
    const restoring = callbacks.restoring();
    const best = restoring === null ? null : await loadBest(job.folder, restoring, setup.compiled);
    if (!averaged && !best) return;
    const state = new Map([...(averaged ?? (await setup.session.state())), ...(best ?? [])]);
    await setup.session.setState(state);
    await saveLearned(job.folder, { ...this.position({ step, epochSeconds: 0, meter: null }), state }, setup.shapes);
  }

  private position({ step, epochSeconds, meter }: Pick<Checkpoint, 'step' | 'epochSeconds' | 'meter'>): Position {
    const { control, callbacks, reporter } = this.o;
    return { step, learningRate: control.learningRate, seconds: reporter.seconds, epochSeconds, meter, callbacks: callbacks.state() };
  }

  /** The test result, or null where the person does not wait for it. */
  async test(): Promise<MetricValues | null> {
    const { job, setup, control } = this.o;
    const stop = async () => {
      await control.breathe();
      if (control.stopping) throw new TestStopped();
    };
    try {
      return await testPart(setup.session, setup.compiled, setup.parts.test, job.settings.batchSize, stop);
    } catch (error) {
      if (error instanceof TestStopped) return null;
      throw error;
    }
  }
}
