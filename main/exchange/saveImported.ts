// An imported model as files: a project, and beside it the weights that the project's network names. The weights are written first, so
// that a project never names what is not there.

import { basename, dirname, extname, join } from 'node:path';
import { newProject } from '../../shared/project/create.ts';
import type { Project } from '../../shared/project/project.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { encodeSafetensors } from '../files/safetensors.ts';
import { ProjectFiles } from '../projects/projectFile.ts';
import type { ImportedModel } from './imported.ts';

export interface SavedImport {
  readonly project: Project;
  /** The weights' file; null for a model without any. */
  readonly weights: string | null;
}

/** Writes both. @param path of the project file @param source where the model came from, kept with the weights */
export async function saveImported(model: ImportedModel, path: string, source: string): Promise<SavedImport> {
  const name = basename(path, extname(path));
  const weights = model.weights.size > 0 ? `${name}.weights.safetensors` : null;
  const network = weights === null ? model.network : { ...model.network, weights };
  const project = newProject({ name: name.slice(0, 200), networks: [network], training: model.training });
  if (weights !== null)
    await atomicWrite(join(dirname(path), weights), ...encodeSafetensors({ metadata: { source: basename(source) }, tensors: model.weights }));
  await new ProjectFiles().save(project, path);
  return { project, weights: weights === null ? null : join(dirname(path), weights) };
}
