// A new project from networks that exist already. Templates stand in network/templates.

import type { Network } from '../network/network.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../training/settings.ts';
import { type Project, projectVersion } from './project.ts';

export interface NewProject {
  readonly name: string;
  readonly networks: readonly Network[];
  readonly dataset?: string | null;
  readonly training?: Partial<TrainingSettings>;
}

/** A project that was never saved. */
export function newProject({ name, networks, dataset = null, training = {} }: NewProject): Project {
  return {
    format: 'netwright',
    version: projectVersion,
    name,
    networks: [...networks],
    dataset,
    training: { ...defaultTrainingSettings, ...training },
    runs: [],
  };
}
