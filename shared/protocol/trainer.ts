// What the main process and the trainer (a child process per run) say to each other. Checked on arrival on both sides.

import { z } from 'zod';
import type { ErrorDetails } from '../lib/errors.ts';
import { datasetDescriptorSchema } from '../datasets/descriptor.ts';
import { networkSchema } from '../network/network.ts';
import { trainingSettingsSchema } from '../training/settings.ts';
import type { BatchPoint, EngineInfo, EpochSummary, Forecast, MetricValues, PreparationSummary, RunRecord } from './contract.ts';

/** Raw little-endian rows on disk: a file for each of the descriptor's columns, by key. */
const partFileSchema = z.object({ count: z.int().min(0), columns: z.record(z.string(), z.string()) });

const common = {
  /** The run's folder. */
  folder: z.string(),
  network: networkSchema.loose(),
  settings: trainingSettingsSchema.loose(),
  dataset: datasetDescriptorSchema,
  train: partFileSchema,
  test: partFileSchema,
  threads: z.int().min(1).max(1024),
};

export const jobSchema = z.discriminatedUnion('task', [
  z.object({
    ...common,
    task: z.literal('train'),
    runId: z.string(),
    project: z.string(),
    datasetFingerprint: z.string(),
    appVersion: z.string(),
    /** ISO 8601; of the first start where a run is resumed. */
    startedAt: z.string(),
    /** Goes on from the newest whole checkpoint; else starts anew. */
    fromCheckpoint: z.boolean(),
    /** Looks at the ends of epochs how the layers do. */
    health: z.boolean(),
    /** A safetensors file to start from instead of the initializers; null: none. */
    initialWeights: z.string().nullable(),
  }),
  /** Loss and metrics of the test part with the newest checkpoint. */
  z.object({ ...common, task: z.literal('evaluate') }),
  /** Predictions for the test part, written as float32: to `output`, of several outputs to `output` with their number behind it. */
  z.object({
    ...common,
    task: z.literal('predict'),
    output: z.string(),
    /** A safetensors file with the network's weights, instead of the folder's checkpoint; null: the checkpoint. */
    weights: z.string().nullable(),
  }),
  /** Time and memory of a training with these settings, from a few steps. */
  z.object({ ...common, task: z.literal('forecast') }),
  /** What engines work here, or one of them; `tested` computes with each instead of believing what is installed. */
  z.object({ task: z.literal('engines'), tested: z.boolean(), only: z.enum(['onnxruntime', 'tensorflow']).nullable() }),
  /** The self-test of the graphics card: asked by another trainer, for a driver may take the process with it. */
  z.object({ task: z.literal('gpu') }),
]);
export type TrainerJob = z.infer<typeof jobSchema>;
export type JobOf<T extends TrainerJob['task']> = Extract<TrainerJob, { task: T }>;
export type PartFile = z.infer<typeof partFileSchema>;

export const toTrainerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), job: jobSchema }),
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('learningRate'), value: z.number().gt(0) }),
]);
export type ToTrainer = z.infer<typeof toTrainerSchema>;

/** Everything since the last report; at most 30 a second, no batch is left out. */
export interface TrainerProgress {
  readonly step: number;
  readonly totalSteps: number;
  readonly batches: readonly BatchPoint[];
  readonly epochs: readonly EpochSummary[];
  /** Seconds spent training, pauses not counted. */
  readonly secondsElapsed: number;
  readonly secondsLeft: number | null;
  readonly samplesPerSecond: number | null;
  readonly memory: number;
}

export type FromTrainer =
  | { readonly type: 'started'; readonly record: RunRecord; readonly step: number; readonly totalSteps: number }
  /** An epoch of what a layer learns from the data alone, before the network trains. */
  | { readonly type: 'prepared'; readonly summary: PreparationSummary }
  | { readonly type: 'progress'; readonly progress: TrainerProgress }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  /** Seen at a step's border: only the checkpoint is still to be written. */
  | { readonly type: 'stopping' }
  | {
      readonly type: 'ended';
      readonly reason: 'finished' | 'stopped';
      readonly test: MetricValues | null;
      readonly note: string | null /** The most memory held, bytes. */;
      readonly peakMemory: number;
    }
  | { readonly type: 'evaluated'; readonly test: MetricValues; readonly samples: number }
  /** A file of float32 rows for each output, in this order. */
  | { readonly type: 'predicted'; readonly outputs: readonly { readonly name: string; readonly path: string; readonly shape: readonly number[] }[] }
  | { readonly type: 'forecast'; readonly forecast: Forecast }
  | { readonly type: 'engines'; readonly engines: readonly EngineInfo[] }
  /** ONNX Runtime computes on a graphics card here: by which of its providers, and who drives it. */
  | { readonly type: 'gpu'; readonly provider: 'webgpu' | 'cuda' | 'dml'; readonly driver: string; readonly software: boolean }
  | { readonly type: 'failed'; readonly error: ErrorDetails };

/** The child is ours, but it may be dying: only what has a known type is listened to. */
export const fromTrainerSchema = z.looseObject({
  type: z.enum(['started', 'prepared', 'progress', 'paused', 'resumed', 'stopping', 'ended', 'evaluated', 'predicted', 'forecast', 'engines', 'gpu', 'failed']),
});
