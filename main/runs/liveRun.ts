// One run that this process looks after, from the queue to its end. Turns what the trainer says into progress, the status
// file and the end; knows nothing of other runs.

import { totalmem } from 'node:os';
import { errorDetails, type ErrorDetails } from '../../shared/lib/errors.ts';
import type { EpochSummary, MetricValues, PreparationSummary, RunProgress, RunRecord, RunSnapshot, RunStatus } from '../../shared/protocol/contract.ts';
import type { FromTrainer, JobOf, ToTrainer, TrainerProgress } from '../../shared/protocol/trainer.ts';
import type { Host } from '../host.ts';
import { Curve, thin } from './curve.ts';
import { Patience } from './patience.ts';
import { activeStatuses, readCurve, readEpochs, type RunRequest, writeStatus } from './store.ts';
import { startTrainer, type TrainerProcess } from './trainerProcess.ts';

export interface LiveRunOptions {
  readonly host: Pick<Host, 'node' | 'trainer' | 'engines'>;
  readonly folder: string;
  readonly request: RunRequest;
  readonly fromCheckpoint: boolean;
  /** Brings the data and builds the job; may take long and may throw. */
  job(): Promise<JobOf<'train'>>;
  progress(progress: RunProgress): void;
  /** Everything the trainer says, for those who need every batch. */
  heard(message: FromTrainer): void;
}

/** After a stop was heeded, the checkpoint may take longer. */
const checkpointPatience = 15_000;
const memoryLimit = 0.9 * totalmem();

const silent: TrainerProgress = { step: 0, totalSteps: 0, batches: [], epochs: [], secondsElapsed: 0, secondsLeft: null, samplesPerSecond: null, memory: 0 };

export class LiveRun {
  readonly folder: string;
  readonly request: RunRequest;
  /** Resolves when the run has ended, whichever way, and its status is on disk. */
  readonly ended: Promise<void>;
  private readonly options: LiveRunOptions;
  private resolveEnded: () => void = () => undefined;
  private status: RunStatus = 'queued';
  private record: RunRecord | null = null;
  private latest: TrainerProgress = silent;
  private epochs: EpochSummary[] = [];
  private preparations: PreparationSummary[] = [];
  private curve = new Curve();
  private test: MetricValues | null = null;
  private error: ErrorDetails | null = null;
  private note: string | null = null;
  private trainer: TrainerProcess | null = null;
  private stopRequested = false;
  private readonly patience = new Patience();
  private killTimer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(options: LiveRunOptions) {
    this.options = options;
    this.folder = options.folder;
    this.request = options.request;
    this.ended = new Promise((resolve) => void (this.resolveEnded = resolve));
  }

  get active(): boolean {
    return activeStatuses.includes(this.status);
  }

  get isPaused(): boolean {
    return this.status === 'paused';
  }

  snapshot(): RunSnapshot {
    const { network, race, id } = this.request;
    const { step, totalSteps, secondsElapsed, secondsLeft, samplesPerSecond, memory } = this.latest;
    return {
      ...{ id, status: this.status, record: this.record, networkId: network.id, networkName: network.name, race },
      ...{ step, totalSteps, secondsElapsed, secondsLeft, samplesPerSecond, memory: memory || null },
      ...{ epochs: this.epochs, batches: this.curve.all(), test: this.test, error: this.error },
      ...(this.preparations.length > 0 ? { preparations: this.preparations } : {}),
      ...this.noted(),
    };
  }

  /** Status files are written one after another, so that the last word stays the last. */
  private save(): Promise<void> {
    const { step, totalSteps, secondsElapsed } = this.latest;
    const state = { status: this.status, step, totalSteps, secondsElapsed, test: this.test, error: this.error, ...this.noted(), owner: process.pid };
    this.writing = this.writing.then(() => writeStatus(this.folder, state)).catch(() => undefined);
    return this.writing;
  }

  private tell(news: Partial<RunProgress> = {}): void {
    const { step, totalSteps, secondsElapsed, secondsLeft, samplesPerSecond, memory } = this.latest;
    this.options.progress({
      id: this.request.id,
      status: this.status,
      step,
      totalSteps,
      batches: [],
      epochs: [],
      secondsElapsed,
      secondsLeft,
      samplesPerSecond,
      memory: memory || null,
      ...news,
    });
  }

  private become(status: RunStatus, news: Partial<RunProgress> = {}): Promise<void> {
    this.status = status;
    this.tell(news);
    return this.save();
  }

  /** Puts it on disk as waiting. */
  queue(): Promise<void> {
    return this.become('queued');
  }

  /** Brings the data, starts the trainer. The run's end is told by `ended`. */
  async start(): Promise<void> {
    if (!this.active) return;
    await this.become('preparing');
    try {
      await this.takeUp();
      const job = await this.options.job();
      if (this.stopRequested) return;
      this.trainer = startTrainer(this.options.host, job, { message: (message) => this.hear(message), end: (exit) => void this.left(exit) });
    } catch (error) {
      await this.fail(errorDetails(error));
    }
  }

  /** What an earlier part of the run left. */
  private async takeUp(): Promise<void> {
    if (!this.options.fromCheckpoint) return;
    this.epochs = await readEpochs(this.folder);
  }

  private hear(message: FromTrainer): void {
    this.options.heard(message);
    if (message.type === 'progress') this.hearProgress(message.progress);
    else if (message.type === 'started') void this.begin(message.record, message.step, message.totalSteps);
    else if (message.type === 'prepared') this.hearPreparation(message.summary);
    else if (message.type === 'paused') void this.become('paused', {});
    else if (message.type === 'resumed') this.goOn();
    else if (message.type === 'stopping') this.expectEnd(checkpointPatience);
    else if (message.type === 'ended') void this.endAs(message);
    else if (message.type === 'failed') void this.fail(message.error);
  }

  private async begin(record: RunRecord, step: number, totalSteps: number): Promise<void> {
    this.record = record;
    this.latest = { ...this.latest, step, totalSteps };
    this.epochs = this.epochs.slice(0, Math.floor(step / record.stepsPerEpoch));
    this.status = 'running';
    this.tell({ record });
    void this.save();
    if (step > 0) await this.prependCurve(record);
  }

  /** The curve of the part before, under what came meanwhile. */
  private async prependCurve(record: RunRecord): Promise<void> {
    const before = await readCurve(this.folder, ['loss', ...record.metrics]);
    const newer = this.curve.all();
    for (const point of newer) if (point.step > (before.all().at(-1)?.step ?? 0)) before.add(point);
    this.curve = before;
  }

  private goOn(): void {
    this.patience.interrupted();
    void this.become('running');
  }

  private hearPreparation(summary: PreparationSummary): void {
    this.preparations = [...this.preparations, summary];
    this.tell({ preparations: [summary] });
  }

  private hearProgress(progress: TrainerProgress): void {
    this.latest = { ...progress, batches: [], epochs: [] };
    if (progress.batches.length > 0) this.patience.heard(performance.now());
    if (progress.epochs.length > 0) this.patience.interrupted();
    for (const point of progress.batches) this.curve.add(point);
    this.epochs = [...this.epochs, ...progress.epochs];
    this.tell({ batches: thin(progress.batches, 100), epochs: progress.epochs });
    if (progress.epochs.length > 0) void this.save();
    if (progress.memory > memoryLimit) this.runOutOfMemory(progress.memory);
  }

  private runOutOfMemory(memory: number): void {
    const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
    void this.fail({
      kind: 'work',
      code: 'out-of-memory',
      message: `The trainer used ${gigabytes(memory)} GiB of the ${gigabytes(totalmem())} GiB of memory and was ended. Use a smaller batch size or a smaller network.`,
    });
    this.trainer?.kill();
  }

  private fail(error: ErrorDetails): Promise<void> {
    if (!this.active) return Promise.resolve();
    this.error = error;
    return this.end('failed', null, { error });
  }

  private noted(): { readonly note?: string } {
    return this.note === null ? {} : { note: this.note };
  }

  private endAs({ reason, test, note, peakMemory }: Extract<FromTrainer, { type: 'ended' }>): Promise<void> {
    this.note = note;
    if (this.record) this.record = { ...this.record, peakMemory };
    return this.end(reason, test, { ...this.noted(), ...(this.record && { record: this.record }) });
  }

  /** The last word on the run; `ended` follows when its process is gone too. */
  private async end(status: 'finished' | 'stopped' | 'failed', test: MetricValues | null = null, news: Partial<RunProgress> = {}): Promise<void> {
    if (!this.active) return;
    this.test = test;
    await this.become(status, { ...news, ...(test ? { test } : {}) });
    if (this.trainer) this.expectEnd(checkpointPatience);
    else this.resolveEnded();
  }

  /** The process is gone: what it did not say itself is told by its exit. */
  private async left(exit: ErrorDetails): Promise<void> {
    if (this.killTimer) clearTimeout(this.killTimer);
    this.trainer = null;
    if (this.active) await (this.stopRequested ? this.end('stopped') : this.fail(exit));
    await this.writing;
    this.resolveEnded();
  }

  private expectEnd(patience: number): void {
    if (this.killTimer) clearTimeout(this.killTimer);
    this.killTimer = setTimeout(() => this.trainer?.kill(), patience);
  }

  send(message: ToTrainer): void {
    this.trainer?.send(message);
  }

  /** Ends it with a checkpoint; without one where it does not answer. Within a second, but for long calls of the engine and writing the checkpoint. */
  stop(): void {
    if (!this.active || this.stopRequested) return;
    this.stopRequested = true;
    if (!this.trainer) return void this.end('stopped');
    this.trainer.send({ type: 'stop' });
    this.expectEnd(this.patience.milliseconds);
  }

  /** Ends it without asking. */
  kill(): void {
    this.trainer?.kill();
  }
}
