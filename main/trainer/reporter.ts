// Gathers what happens in the loop into at most 30 reports a second; every batch is in one of them.

import type { BatchPoint, EpochSummary } from '../../shared/protocol/contract.ts';
import type { TrainerProgress } from '../../shared/protocol/trainer.ts';

const interval = 40;

export interface ReporterOptions {
  readonly totalSteps: number;
  readonly samplesPerStep: number;
  /** Seconds spent before this process. */
  readonly seconds: number;
  readonly step: number;
  send(progress: TrainerProgress): void;
}

export class Reporter {
  private readonly options: ReporterOptions;
  private batches: BatchPoint[] = [];
  private epochs: EpochSummary[] = [];
  private timer: NodeJS.Timeout | null = null;
  private sentAt = Number.NEGATIVE_INFINITY;
  private step: number;
  /** Samples per second, smoothed over about a second. */
  private speed: number | null = null;
  private measured = { at: performance.now(), step: 0 };
  private active = 0;
  private activeSince: number | null = performance.now();

  constructor(options: ReporterOptions) {
    this.options = options;
    this.step = options.step;
    this.measured.step = options.step;
  }

  /** Seconds of training so far, pauses not counted. */
  get seconds(): number {
    const running = this.activeSince === null ? 0 : performance.now() - this.activeSince;
    return this.options.seconds + (this.active + running) / 1000;
  }

  batch(point: BatchPoint): void {
    this.batches.push(point);
    this.step = point.step;
    this.schedule();
  }

  epoch(summary: EpochSummary): void {
    this.epochs.push(summary);
    this.schedule();
  }

  /** Stops and starts the clock. */
  clock(running: boolean): void {
    if (!running && this.activeSince !== null) {
      this.active += performance.now() - this.activeSince;
      this.activeSince = null;
    } else if (running && this.activeSince === null) {
      this.activeSince = performance.now();
      this.measured = { at: this.activeSince, step: this.step };
    }
  }

  private schedule(): void {
    const due = this.sentAt + interval - performance.now();
    if (due <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), due);
  }

  /** Sends what there is now. */
  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.batches.length === 0 && this.epochs.length === 0) return;
    this.sentAt = performance.now();
    this.measure();
    this.options.send(this.progress());
    this.batches = [];
    this.epochs = [];
  }

  private measure(): void {
    const now = performance.now();
    const passed = (now - this.measured.at) / 1000;
    const steps = this.step - this.measured.step;
    if (passed < 0.1 || steps === 0) return;
    const current = (steps * this.options.samplesPerStep) / passed;
    this.speed = this.speed === null ? current : this.speed + (current - this.speed) * Math.min(1, passed);
    this.measured = { at: now, step: this.step };
  }

  private progress(): TrainerProgress {
    const left = (this.options.totalSteps - this.step) * this.options.samplesPerStep;
    return {
      step: this.step,
      totalSteps: this.options.totalSteps,
      batches: this.batches,
      epochs: this.epochs,
      secondsElapsed: this.seconds,
      secondsLeft: this.speed ? left / this.speed : null,
      samplesPerSecond: this.speed,
      memory: process.memoryUsage.rss(),
    };
  }
}
