// The .netwright file: a project with its networks, its dataset and its training settings. Reading and migrating: read.ts.

import { z } from 'zod';
import { networkSchema } from '../network/network.ts';
import { trainingSettingsSchema } from '../training/settings.ts';

export const projectVersion = 2;

/** Objects are loose where a newer version may add to them: unknown fields survive a round trip. */
export const projectSchema = z.looseObject({
  format: z.literal('netwright'),
  version: z.literal(projectVersion),
  name: z.string().min(1).max(200),
  networks: z.array(networkSchema.loose()).min(1).max(200),
  /** A dataset's id, or null while none is chosen. */
  dataset: z.string().nullable(),
  training: trainingSettingsSchema.loose(),
  /** Ids of runs made from this project, newest last. */
  runs: z.array(z.string()).max(100_000),
});
export type Project = z.infer<typeof projectSchema>;
