// Changes of the whole document as data: edits of one network, and what happens to the project around the networks.
// Pure; gives the inverse of each, so that undo covers everything that changes the document.

import { NetwrightError } from '../../shared/lib/errors.ts';
import { applyEdits, type Edit } from '../../shared/network/edits.ts';
import type { Network } from '../../shared/network/network.ts';
import type { Project } from '../../shared/project/project.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';

export type ProjectNetwork = Project['networks'][number];

export type ProjectEdit =
  | { readonly type: 'network'; readonly network: string; readonly edits: readonly Edit[] }
  | { readonly type: 'addNetwork'; readonly network: Network; readonly index: number }
  | { readonly type: 'removeNetwork'; readonly network: string }
  | { readonly type: 'moveNetwork'; readonly network: string; readonly index: number }
  | { readonly type: 'setDataset'; readonly dataset: string | null }
  | { readonly type: 'setTraining'; readonly settings: Partial<TrainingSettings> }
  | { readonly type: 'renameProject'; readonly name: string };

export interface AppliedToProject {
  readonly project: Project;
  readonly inverse: readonly ProjectEdit[];
}

function indexOf(project: Project, id: string): number {
  const index = project.networks.findIndex((network) => network.id === id);
  if (index < 0)
    throw new NetwrightError({ kind: 'project', code: 'no-such-network', message: `The project has no network with the id “${id}”.`, where: project.name });
  return index;
}

function editNetwork(project: Project, id: string, edits: readonly Edit[]): AppliedToProject {
  const index = indexOf(project, id);
  const applied = applyEdits(project.networks[index] as ProjectNetwork, edits);
  const networks = project.networks.with(index, applied.network as ProjectNetwork);
  return { project: { ...project, networks }, inverse: [{ type: 'network', network: id, edits: applied.inverse }] };
}

function addNetwork(project: Project, network: Network, index: number): AppliedToProject {
  const networks = project.networks.toSpliced(index, 0, network as ProjectNetwork);
  return { project: { ...project, networks }, inverse: [{ type: 'removeNetwork', network: network.id }] };
}

function removeNetwork(project: Project, id: string): AppliedToProject {
  const index = indexOf(project, id);
  if (project.networks.length === 1) {
    throw new NetwrightError({
      kind: 'usage',
      code: 'last-network',
      message: 'A project keeps at least one network. Add another one before you delete this one.',
      where: project.name,
    });
  }
  const inverse: ProjectEdit[] = [{ type: 'addNetwork', network: project.networks[index] as ProjectNetwork, index }];
  return { project: { ...project, networks: project.networks.toSpliced(index, 1) }, inverse };
}

function moveNetwork(project: Project, id: string, to: number): AppliedToProject {
  const from = indexOf(project, id);
  const networks = project.networks.toSpliced(from, 1).toSpliced(to, 0, project.networks[from] as ProjectNetwork);
  return { project: { ...project, networks }, inverse: [{ type: 'moveNetwork', network: id, index: from }] };
}

function setTraining(project: Project, settings: Partial<TrainingSettings>): AppliedToProject {
  const before = Object.fromEntries(Object.keys(settings).map((key) => [key, project.training[key as keyof TrainingSettings]]));
  return { project: { ...project, training: { ...project.training, ...settings } }, inverse: [{ type: 'setTraining', settings: before }] };
}

/** The project after one change, and what undoes it exactly. @throws NetwrightError naming what does not exist */
function applyProjectEdit(project: Project, edit: ProjectEdit): AppliedToProject {
  switch (edit.type) {
    case 'network':
      return editNetwork(project, edit.network, edit.edits);
    case 'addNetwork':
      return addNetwork(project, edit.network, edit.index);
    case 'removeNetwork':
      return removeNetwork(project, edit.network);
    case 'moveNetwork':
      return moveNetwork(project, edit.network, edit.index);
    case 'setDataset':
      return { project: { ...project, dataset: edit.dataset }, inverse: [{ type: 'setDataset', dataset: project.dataset }] };
    case 'setTraining':
      return setTraining(project, edit.settings);
    case 'renameProject':
      return { project: { ...project, name: edit.name }, inverse: [{ type: 'renameProject', name: project.name }] };
  }
}

/** Several changes one after another; the inverse undoes them all, last first. */
export function applyProjectEdits(project: Project, edits: readonly ProjectEdit[]): AppliedToProject {
  let current = project;
  const inverse: ProjectEdit[] = [];
  for (const edit of edits) {
    const applied = applyProjectEdit(current, edit);
    current = applied.project;
    inverse.unshift(...applied.inverse);
  }
  return { project: current, inverse };
}
