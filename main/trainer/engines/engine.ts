// What an engine offers the training loop. One implementation per folder; nothing else in the project imports an engine's library.

import type { CompiledNetwork } from '../../../shared/compile/types.ts';
import type { Rows } from '../rows.ts';

export interface EngineJob {
  /** The programs for a batch size; called again for the shorter last batch of an epoch. */
  readonly programs: (batchSize: number) => CompiledNetwork;
  /** What the job will run, as far as it is known: an engine may prepare it at once. */
  readonly uses: readonly ProgramUse[];
  /** The dataset's columns by key; data inputs of the programs have these names (`features/image`, `labels/class`). */
  readonly columns: Readonly<Record<string, ColumnInfo>>;
  /** Rows are addressed as (part, row). */
  readonly parts: Readonly<Record<PartName, Rows>>;
  /** Key of the random inputs (lib/random), from the run's seed. */
  readonly randomKey: number;
  readonly threads: number;
}
export type ProgramName = 'trainStep' | 'evaluate' | 'predict';
export interface ProgramUse {
  readonly program: ProgramName;
  readonly batchSize: number;
}
export type PartName = 'train' | 'test';
/** Per sample, as stored. */
export interface ColumnInfo {
  readonly size: number;
  readonly dtype: 'uint8' | 'int32' | 'float32';
}

/** Weights, slots and moving statistics by name; row-major. */
export type State = ReadonlyMap<string, Float32Array>;
/** Every output of one batch but predictions, computed before its update: one number (`loss`) or a metric's sums. The arrays are the caller's to keep. */
export type StepValues = Readonly<Record<string, Float32Array>>;
/** Float32 rows by the key of a compiled network's output. */
export type Predictions = Readonly<Record<string, Float32Array>>;

/** One training step: its rows of the training part, its number counted from 1 over the whole run, its learning rate. */
export interface TrainBatch {
  readonly rows: Int32Array;
  readonly step: number;
  readonly learningRate: number;
}

/** State lives in the session between steps; only rows go in and scalars come out. */
export interface EngineSession {
  /** What a person should know of how this network is computed; left out: nothing. */
  readonly remark?: string;
  setState(state: State): Promise<void>;
  state(): Promise<State>;
  /** Several updates, one after another, in one call: the numbers are those of one call each. All batches have the same size. */
  trainSteps(batches: readonly TrainBatch[]): Promise<readonly StepValues[]>;
  /** Loss and metrics of these rows with the present weights, nothing updated. */
  evaluateStep(part: PartName, rows: Int32Array): Promise<StepValues>;
  /** What each output gives, row-major [rows, …], by its key (`prediction/digit`). */
  predictStep(part: PartName, rows: Int32Array): Promise<Predictions>;
  close(): Promise<void>;
}

export interface Engine {
  readonly id: 'onnxruntime' | 'tensorflow';
  readonly version: string;
  readonly device: 'cpu' | 'gpu';
  /** @throws NetwrightError where it is plain without computing that it cannot work here */
  check?(): void;
  /** What is to be said of it on this machine beside that it works; may compute to find out. */
  remark?(): Promise<string | null>;
  open(job: EngineJob): Promise<EngineSession>;
}
