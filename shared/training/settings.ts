// How a network is trained: what the training panel edits, a project stores and a run records.

import { z } from 'zod';

/** The optimizer's id and its parameters by field; missing ones take the optimizer's defaults (checked by `resolveOptimizer`). */
export const optimizerSettingsSchema = z.strictObject({ id: z.string(), parameters: z.record(z.string(), z.union([z.number(), z.boolean(), z.null()])) });

/** By field; missing ones take the default. */
const parametersSchema = z.record(z.string(), z.union([z.number(), z.boolean(), z.string(), z.null()]));
const chosenSchema = z.strictObject({ id: z.string(), parameters: parametersSchema });

export const trainingSettingsSchema = z.strictObject({
  /** A loss's id, or `auto`: what suits the task and the last activation. */
  loss: z.string(),
  /** The loss's parameters, where it is chosen and not automatic. */
  lossParameters: parametersSchema.optional(),
  optimizer: optimizerSettingsSchema,
  /** How the learning rate changes; left out: it stays. */
  schedule: chosenSchema.optional(),
  /** Metrics' ids; empty: the task's usual ones. */
  metrics: z.array(z.string()),
  /** Metrics' parameters by their id. */
  metricParameters: z.record(z.string(), parametersSchema).optional(),
  /** What happens at the end of every epoch, in this order. */
  callbacks: z.array(chosenSchema).max(20).optional(),
  /** Weights of classes by their number; a class that is not named has 1. */
  classWeights: z.record(z.string().regex(/^\d{1,9}$/), z.number().min(0)).optional(),
  epochs: z.int().min(1).max(100_000),
  batchSize: z.int().min(1).max(1_000_000),
  /** Share of the training samples, taken from the end before shuffling as Keras does. */
  validationSplit: z.number().min(0).lt(1),
  shuffle: z.boolean(),
  /** Uses only the first so many training samples; null: all. */
  limit: z.int().min(1).nullable(),
  seed: z.int().min(0).max(0xffffffff),
  engine: z.enum(['auto', 'onnxruntime', 'tensorflow']),
  device: z.enum(['auto', 'cpu', 'gpu']),
});
export type OptimizerSettings = z.infer<typeof optimizerSettingsSchema>;
export type ChosenSettings = z.infer<typeof chosenSchema>;
export type TrainingSettings = z.infer<typeof trainingSettingsSchema>;

export const defaultTrainingSettings: TrainingSettings = {
  loss: 'auto',
  optimizer: { id: 'adam', parameters: { learningRate: 0.001 } },
  metrics: [],
  epochs: 5,
  batchSize: 128,
  validationSplit: 0.1,
  shuffle: true,
  limit: null,
  seed: 7,
  engine: 'auto',
  device: 'auto',
};
