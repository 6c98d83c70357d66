// What a command's arguments name: a project file's networks, a run's folder.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { Network } from '../../shared/network/network.ts';
import type { Project } from '../../shared/project/project.ts';
import { isFileName } from '../datasets/ownFile.ts';
import { ProjectFiles } from '../projects/projectFile.ts';
import type { Host } from '../host.ts';

const usage = (code: string, message: string): NetwrightError => new NetwrightError({ kind: 'usage', code, message });

export const openProject = (file: string): Promise<Project> => new ProjectFiles().open(file);

/** The networks of that name or id, or all where no name is given. @throws NetwrightError listing those there are */
export function networksNamed(project: Project, name: string | undefined): Network[] {
  const found = name === undefined ? project.networks : project.networks.filter((network) => network.name === name || network.id === name);
  const known = project.networks.map((network) => `“${network.name}”`).join(', ');
  if (found.length === 0) throw usage('unknown-network', `The project has no network “${name}”. It has: ${known}.`);
  if (name !== undefined && found.length > 1)
    throw usage('ambiguous-network', `Several networks are called “${name}”. Rename one, or give its id: ${found.map((network) => network.id).join(', ')}.`);
  return found;
}

/** The networks to train: the one that is named, all that are wanted, or the only one. */
export function networksToTrain(project: Project, { network, all }: { readonly network?: string; readonly all?: boolean }): Network[] {
  const found = networksNamed(project, network);
  if (found.length === 1 || all) return found;
  throw usage(
    'which-network',
    `The project has several networks: ${found.map((one) => `“${one.name}”`).join(', ')}. Name one with --network, or train all with --all.`,
  );
}

/** The dataset to train on: the one that is named, or the project's; a file by its whole path. @throws NetwrightError where there is none */
export function datasetNamed(project: Project, data: string | undefined): string {
  const named = data ?? project.dataset;
  if (named === null)
    throw new NetwrightError({
      kind: 'data',
      code: 'no-dataset',
      message: 'The project has no dataset. Name one with --data; “netwright datasets” lists the built-in ones.',
    });
  return isFileName(named) ? resolve(named) : named;
}

/** The folder of a run given by its id or by its folder. */
export function runFolder(host: Host, run: string): string {
  const candidates = [...(/^[\w-]+$/.test(run) ? [join(host.folders.data, 'runs', run)] : []), resolve(run)];
  const found = candidates.find((folder) => existsSync(join(folder, 'job.json')));
  if (!found) throw usage('unknown-run', `There is no run “${run}”. “netwright runs” lists all runs; a run's folder can be given too.`);
  return found;
}
