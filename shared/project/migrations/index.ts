// Steps from one version of the file to the next. Each is a pure function in its own file, named by where it leads
// (`toVersion2.ts`), and listed here; one stored old file per version stands in assets/projects.

import { NetwrightError } from '../../lib/errors.ts';
import type { Json } from '../plainJson.ts';
import { toVersion2 } from './toVersion2.ts';

export type JsonObject = { readonly [key: string]: Json };

export interface Migration {
  /** The version it leads to, from the one before. */
  readonly to: number;
  /** What it does, for the notice that is shown: `Renames "lr" to "learningRate"`. */
  readonly name: string;
  migrate(document: JsonObject): JsonObject;
}

const migrations: readonly Migration[] = [toVersion2];

/** The document brought to `target`, one step after another. @throws NetwrightError where a step is missing */
export function migrate(document: JsonObject, from: number, target: number, steps: readonly Migration[] = migrations): JsonObject {
  let current = document;
  for (let version = from + 1; version <= target; version++) {
    const step = steps.find((candidate) => candidate.to === version);
    if (!step)
      throw new NetwrightError({
        kind: 'project',
        code: 'project-version',
        message: `There is no way from version ${version - 1} to version ${version} of the project file.`,
      });
    current = { ...step.migrate(current), version };
  }
  return current;
}
