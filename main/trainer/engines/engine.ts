// What an engine offers the training loop. One implementation per folder; nothing else in the project imports an engine's library.

import type { CompiledNetwork } from '../../../shared/compile/types.ts';
import type { DatasetPart } from '../../../shared/datasets/descriptor.ts';

export interface EngineJob {
  /** The programs for a batch size; called again for the shorter last batch of an epoch. */
  readonly programs: (batchSize: number) => CompiledNetwork;
  readonly features: DatasetTensorInfo;
  readonly labels: DatasetTensorInfo;
  /** Rows are addressed as (part, row). */
  readonly parts: Readonly<Record<PartName, DatasetPart>>;
  /** Key of the random inputs (lib/random), from the run's seed. */
  readonly randomKey: number;
  readonly threads: number;
}
export type PartName = 'train' | 'test';
/** Per sample, as stored. */
export interface DatasetTensorInfo {
  readonly size: number;
  readonly dtype: 'uint8' | 'int32' | 'float32';
}

/** Weights, slots and moving statistics by name; row-major. */
export type State = ReadonlyMap<string, Float32Array>;
/** Every output of one batch but predictions, computed before its update: one number (`loss`) or a metric's sums. The arrays are the caller's to keep. */
export type StepValues = Readonly<Record<string, Float32Array>>;

/** State lives in the session between steps; only rows go in and scalars come out. */
export interface EngineSession {
  setState(state: State): Promise<void>;
  state(): Promise<State>;
  /** One update with these rows of the training part. @param step counted from 1 over the whole run */
  trainStep(rows: Int32Array, step: number, learningRate: number): Promise<StepValues>;
  /** Loss and metrics of these rows with the present weights, nothing updated. */
  evaluateStep(part: PartName, rows: Int32Array): Promise<StepValues>;
  /** Predictions, row-major [rows, …]. */
  predictStep(part: PartName, rows: Int32Array): Promise<Float32Array>;
  close(): Promise<void>;
}

export interface Engine {
  readonly id: 'onnxruntime' | 'tensorflow';
  readonly version: string;
  readonly device: 'cpu' | 'gpu';
  open(job: EngineJob): Promise<EngineSession>;
}
