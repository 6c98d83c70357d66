// What a dataset is, without its numbers: enough to shape a network, choose a loss and show it in a list.

import { z } from 'zod';

const tensorSchema = z.strictObject({
  name: z.string(),
  /** One sample, without the batch axis. */
  shape: z.array(z.int().min(1)).max(8),
  /** As stored; programs scale it themselves. */
  dtype: z.enum(['uint8', 'int32', 'float32']),
  /** The program uses value × scale + offset; left out: as stored. */
  scale: z.number().optional(),
  offset: z.number().optional(),
  /** Of labels that are whole numbers from 0, where they do not tell themselves whether they are classes: one more than the largest. */
  below: z.int().min(1).optional(),
  /** Of a text that is stored as numbers: what each number stands for, from 0. */
  symbols: z.array(z.string()).max(100_000).optional(),
});

/** `classes`: one of several; `binary`: yes or no; `numbers`: regression. */
const taskSchema = z.enum(['classes', 'binary', 'numbers']);
const classNamesSchema = z.array(z.string()).optional();

export const datasetDescriptorSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** One or two sentences for the list. */
  about: z.string(),
  task: taskSchema,
  features: tensorSchema,
  labels: tensorSchema,
  /** In the order of the label's numbers. */
  classNames: classNamesSchema,
  /** Further columns of sets that feed several inputs or ask for several outputs; names differ. columns.ts gives all as one list. */
  moreFeatures: z.array(tensorSchema).max(1000).optional(),
  moreLabels: z
    .array(tensorSchema.extend({ task: taskSchema, classNames: classNamesSchema }))
    .max(1000)
    .optional(),
  /** How much each sample counts in the loss: of one label column (`of`, its name), or of all. */
  sampleWeights: z
    .array(tensorSchema.extend({ of: z.string().optional() }))
    .max(1000)
    .optional(),
  samples: z.strictObject({ train: z.int().min(0), test: z.int().min(0) }),
  /** How it is drawn in previews. */
  look: z.enum(['image', 'points', 'series', 'table']),
  source: z.string(),
  licence: z.string(),
  /** `bundled` and `generated` always work; `download` may need a network the first time. */
  origin: z.enum(['bundled', 'generated', 'download', 'file']),
});
export type DatasetDescriptor = z.infer<typeof datasetDescriptorSchema>;
export type DatasetTensor = z.infer<typeof tensorSchema>;

export type Numbers = Uint8Array | Int32Array | Float32Array;

/** Rows of a dataset with their numbers: row-major, by column key (see columns.ts), as many rows in each. */
export interface DatasetPart {
  readonly count: number;
  readonly columns: Readonly<Record<string, Numbers>>;
}
