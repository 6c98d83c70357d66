// All runs: start, queue (one trains at a time), pause, go on, stop, list, remove. The only way into this room.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { RunSnapshot, StartRun } from '../../shared/protocol/contract.ts';
import type { Emit } from '../../shared/protocol/server.ts';
import type { FromTrainer, JobOf } from '../../shared/protocol/trainer.ts';
import { fitToNetwork } from '../datasets/fit.ts';
import type { Datasets } from '../datasets/index.ts';
import { startingWeights } from '../exchange/startingWeights.ts';
import type { Host } from '../host.ts';
import { LiveRun } from './liveRun.ts';
import { closeInterrupted, listRunIds, newRunId, readRecord, readRequest, readSnapshot, removeRun, type RunRequest, writeRequest } from './store.ts';

export interface RunsOptions {
  readonly host: Pick<Host, 'node' | 'trainer' | 'engines' | 'folders' | 'version'>;
  readonly datasets: Datasets;
  readonly emit: Emit;
  /** Whether somebody looks at how the layers do, which takes a moment at the ends of epochs. */
  readonly health?: boolean;
  /** Everything the trainers say, for those who need every batch. */
  readonly heard?: (id: string, message: FromTrainer) => void;
}

/** What only the command line asks of a start. */
export interface StartExtras {
  readonly target?: string | null;
  readonly initialWeights?: string | null;
  /** The run's folder, where it should not be among the others. */
  readonly folder?: string;
}

const usage = (code: string, message: string): NetwrightError => new NetwrightError({ kind: 'usage', code, message });

export class Runs {
  private readonly options: RunsOptions;
  private readonly live = new Map<string, LiveRun>();
  private queue: LiveRun[] = [];
  private current: LiveRun | null = null;
  private closed = false;
  /** Starts are carried out in the order of their calls, so that a race's networks queue in theirs. */
  private placing: Promise<unknown> = Promise.resolve();

  constructor(options: RunsOptions) {
    this.options = options;
  }

  private get folder(): string {
    return join(this.options.host.folders.data, 'runs');
  }

  /** Ids come from outside and become paths: only our own form passes. */
  folderOf(id: string): string {
    const live = this.live.get(id);
    if (live) return live.folder;
    const folder = join(this.folder, id);
    if (!/^[\w-]{1,64}$/.test(id) || !existsSync(folder)) throw usage('unknown-run', `There is no run “${id}”. “netwright runs” lists all runs.`);
    return folder;
  }

  /** Tells runs that an earlier process left behind that they have ended. */
  async recover(): Promise<void> {
    for (const id of await listRunIds(this.folder)) await closeInterrupted(join(this.folder, id)).catch(() => undefined);
  }

  start(request: StartRun, extras: StartExtras = {}): Promise<string> {
    return this.inTurn(() => this.place(request, extras));
  }

  private async place(request: StartRun, { target = null, initialWeights = null, folder }: StartExtras): Promise<string> {
    const id = newRunId();
    const where = folder ? resolve(folder) : join(this.folder, id);
    if (existsSync(join(where, 'job.json')))
      throw usage('run-exists', `${where} holds a run already. Name another folder, or go on with it: netwright resume ${where}`);
    const full: RunRequest = { ...request, id, target, initialWeights, createdAt: new Date().toISOString() };
    await writeRequest(where, full);
    await this.enqueue(where, full, false);
    return id;
  }

  /** Goes on from the newest checkpoint. @param folder of a run that has ended @returns its id */
  continueRun(folder: string, epochs: number | null = null): Promise<string> {
    return this.inTurn(() => this.placeAgain(folder, epochs));
  }

  private async placeAgain(folder: string, epochs: number | null): Promise<string> {
    const request = await readRequest(folder);
    if (this.live.get(request.id)?.active) throw usage('run-active', `The run “${request.id}” is active already.`);
    const changed = epochs === null ? request : { ...request, settings: { ...request.settings, epochs } };
    await writeRequest(folder, changed);
    await this.enqueue(folder, changed, true);
    return request.id;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.placing.then(work);
    this.placing = turn.catch(() => undefined);
    return turn;
  }

  private async enqueue(folder: string, request: RunRequest, fromCheckpoint: boolean): Promise<void> {
    const { host, emit, heard } = this.options;
    const run = new LiveRun({
      ...{ host, folder, request, fromCheckpoint },
      job: () => this.jobOf(folder, request, fromCheckpoint),
      progress: (progress) => emit('runs.progress', progress),
      heard: (message) => heard?.(request.id, message),
    });
    this.live.set(request.id, run);
    this.queue.push(run);
    await run.queue();
    emit('runs.changed', { id: request.id });
    this.next();
  }

  private next(): void {
    if (this.current || this.closed) return;
    const run = this.queue.shift();
    if (!run) return;
    this.current = run;
    void run.start();
    void run.ended.then(() => {
      this.current = null;
      this.next();
    });
  }

  private async jobOf(folder: string, request: RunRequest, fromCheckpoint: boolean): Promise<JobOf<'train'>> {
    const { datasets, host } = this.options;
    const { id, project, network, settings, dataset, target, initialWeights } = request;
    const prepared = await datasets.prepare(dataset, target);
    const before = fromCheckpoint ? await readRecord(folder) : null;
    if (before && before.datasetFingerprint !== prepared.fingerprint) {
      throw new NetwrightError({
        kind: 'data',
        code: 'data-changed',
        where: dataset,
        message: `The data of this run (${dataset}) is no longer the same as when it started, so it cannot go on exactly. Bring the old data back, or start a new run.`,
      });
    }
    const fitted = fitToNetwork(prepared.descriptor, network, settings);
    const first =
      initialWeights ?? (await startingWeights({ project, dataFolder: host.folders.data, network, settings, dataset: fitted }, folder, fromCheckpoint));
    return {
      ...{ task: 'train', runId: id, folder, project, network, settings, initialWeights: first, fromCheckpoint, health: this.options.health ?? false },
      ...{ dataset: fitted, datasetFingerprint: prepared.fingerprint, train: prepared.train, test: prepared.test },
      ...{ threads: availableParallelism(), appVersion: host.version, startedAt: before?.startedAt ?? new Date().toISOString() },
    };
  }

  /** Whether a run holds the trainer, or is about to. */
  get isTraining(): boolean {
    return this.current !== null || this.queue.length > 0;
  }

  private active(id: string): LiveRun {
    const run = this.live.get(id);
    if (run?.active) return run;
    this.folderOf(id);
    throw usage('run-not-active', `The run “${id}” has ended already.`);
  }

  pause(id: string): void {
    this.active(id).send({ type: 'pause' });
  }

  /** Ends a pause; a run that has ended goes on from its checkpoint. */
  async resume(id: string): Promise<void> {
    const run = this.live.get(id);
    if (run?.active) run.send({ type: 'resume' });
    else await this.continueRun(this.folderOf(id));
  }

  stop(id: string): void {
    const run = this.active(id);
    this.queue = this.queue.filter((one) => one !== run);
    run.stop();
  }

  setLearningRate(id: string, value: number): void {
    this.active(id).send({ type: 'learningRate', value });
  }

  async list(): Promise<RunSnapshot[]> {
    const ids = await listRunIds(this.folder);
    const all = [...ids, ...[...this.live.keys()].filter((id) => !ids.includes(id))];
    const snapshots = await Promise.all(all.map((id) => this.get(id).catch(() => null)));
    return snapshots.filter((one) => one !== null);
  }

  async get(id: string): Promise<RunSnapshot> {
    const run = this.live.get(id);
    return run ? run.snapshot() : readSnapshot(this.folderOf(id));
  }

  async remove(id: string): Promise<void> {
    if (this.live.get(id)?.active) throw usage('run-active', 'A run that is active cannot be removed. Stop it first.');
    const folder = this.folderOf(id);
    await this.live.get(id)?.ended;
    this.live.delete(id);
    await removeRun(folder);
    this.options.emit('runs.changed', { id });
  }

  /** Resolves when the run has ended. */
  async whenEnded(id: string): Promise<RunSnapshot> {
    await this.live.get(id)?.ended;
    return this.get(id);
  }

  /** Stops everything, with checkpoints; resolves when no trainer is left. */
  async close(): Promise<void> {
    this.closed = true;
    const running = [...this.live.values()].filter((run) => run.active);
    for (const run of running) run.stop();
    this.queue = [];
    await Promise.all([...this.live.values()].map((run) => run.ended));
  }
}
