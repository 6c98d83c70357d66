// New, open, save. In the desktop app the host shows its dialogs; in a browser files are chosen and downloaded.

import { FileOutput, FilePlus2, FolderOpen, LayoutTemplate, Save, SaveAll } from 'lucide-react';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { standInOf } from '../../shared/datasets/catalogue.ts';
import { type Project, projectVersion } from '../../shared/project/project.ts';
import { serializeProject } from '../../shared/project/read.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';
import type { OpenedModel, OpenedProject } from '../../shared/protocol/contract.ts';
import {
  attempt,
  client,
  commit,
  currentProject,
  datasetById,
  fetchDataset,
  loadRecent,
  markSaved,
  notify,
  notifyFailure,
  openProject,
  setOverlay,
  showView,
  useClient,
  useDocument,
} from '../state/index.ts';
import type { Action } from './action.ts';
import { isModelFile, openModel, receiveModel } from './models.ts';
import { download } from './transfers.ts';

const inBrowser = () => useClient.getState().host === 'browser';

/** Keeps the open project where it was not saved, before another takes its place, and says where it is now. */
function leavePresent(): void {
  const { project, saved, open: isOpen } = useDocument.getState();
  if (!isOpen || project === saved) return;
  const keep = async () => {
    const { path } = await client()['projects.leave'](project);
    await loadRecent();
    notify({
      tone: 'info',
      text: `“${project.name}” was not saved`,
      detail: 'It is kept under Recent projects.',
      action: { label: 'Go back to it', run: () => attempt(() => open(path)) },
    });
  };
  keep().catch((thrown: unknown) => notifyFailure(thrown, { label: 'Save a copy', run: () => saveCopy(project) }));
}

/** Shows what was read somewhere, and says what there is to say about it: a project instead of the open one, a model as a network of it. */
function showOpened(opened: OpenedProject | OpenedModel | null): void {
  if (!opened) return;
  if ('network' in opened) {
    openModel(opened);
    return;
  }
  leavePresent();
  openProject(opened.project, opened.path);
  showView('design');
  if (opened.notice !== null) notify({ tone: 'info', text: opened.notice });
  attempt(loadRecent);
}

/** Asks the person for a file; null when nothing was chosen. The field stands in the page until then: one that nothing holds may be cleared away. */
function chooseFile(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = Object.assign(document.createElement('input'), { type: 'file', accept, hidden: true });
    const end = (file: File | null) => {
      input.remove();
      resolve(file);
    };
    input.addEventListener('change', () => end(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => end(null));
    document.body.append(input);
    input.click();
  });
}

/** The largest project file that is read, in bytes. */
const largestFile = 64 * 1024 * 1024;

/** Opens a project or a model that the person chose or dropped. @throws NetwrightError, then the open project stays */
export async function openFile(file: File): Promise<void> {
  if (await isModelFile(file)) return receiveModel(file);
  if (file.size > largestFile) {
    throw new NetwrightError({
      kind: 'project',
      code: 'too-large',
      message: `“${file.name}” is larger than 64 MiB. A .netwright project is far smaller; it is probably another kind of file.`,
      where: file.name,
    });
  }
  showOpened(await client()['projects.read'](file.name, await file.text()));
}

/** Opens a project: by its path, or, without one, after asking for a file. */
export async function open(path: string | null = null): Promise<void> {
  if (path !== null || !inBrowser()) return showOpened(await client()['projects.open'](path));
  const file = await chooseFile('.netwright,application/json,.keras,.h5,.hdf5');
  if (file) await openFile(file);
}

/** Makes a project from a template the open one. It trains at once: data that would have to be downloaded first gives way to its sample. */
export async function openTemplate(id: string): Promise<void> {
  const opened = await client()['projects.fromTemplate'](id);
  const wanted = datasetById(opened.project.dataset);
  const standIn = wanted?.available === false ? datasetById(standInOf(wanted.id)) : undefined;
  if (!wanted || !standIn?.available) return showOpened(opened);
  showOpened({ ...opened, project: { ...opened.project, dataset: standIn.id } });
  notify({
    tone: 'info',
    text: `${wanted.title} are not on this machine yet`,
    detail: `${standIn.title} stands in.`,
    action: { label: 'Download them', run: () => attempt(() => takeDataset(wanted.id, wanted.title)) },
  });
}

async function takeDataset(id: string, title: string): Promise<void> {
  await fetchDataset(id);
  commit(`use ${title}`, [{ type: 'setDataset', dataset: id }]);
}

/** Makes an empty project the open one. */
export function newProject(): void {
  leavePresent();
  const network = { id: crypto.randomUUID(), name: 'Network', nodes: [], edges: [] };
  openProject(
    { format: 'netwright', version: projectVersion, name: 'Untitled', networks: [network], dataset: null, training: defaultTrainingSettings, runs: [] },
    null,
  );
  showView('design');
}

const fileName = ({ name }: Project): string => `${name.replace(/[\\/:*?"<>|]+/g, ' ').trim() || 'project'}.netwright`;

/** Downloads a project, the open one unless told otherwise, as it is in this window. Asks nobody, so that it works while the main process is gone. */
export function saveCopy(project: Project = currentProject()): void {
  const name = fileName(project);
  download(name, new Blob([serializeProject(project)], { type: 'application/json' }));
  notify({ tone: 'good', text: `A copy is saved as ${name}` });
}

async function saveAs(path: string | null): Promise<void> {
  const project = currentProject();
  if (path === null && inBrowser()) {
    const name = fileName(project);
    download(name, new Blob([await client()['projects.serialize'](project)], { type: 'application/json' }));
    markSaved(project, null);
    notify({ tone: 'good', text: `Saved as ${name}` });
    return;
  }
  const saved = await client()['projects.save'](project, path);
  if (!saved) return;
  markSaved(project, saved.path);
  attempt(loadRecent);
}

const save = () =>
  saveAs(useDocument.getState().path).catch((thrown: unknown) => notifyFailure(thrown, { label: 'Save as…', run: () => attempt(() => saveAs(null)) }));

export const fileActions: readonly Action[] = [
  { id: 'file.new', label: 'New project', group: 'File', icon: FilePlus2, run: newProject },
  { id: 'file.template', label: 'New from a template', group: 'File', icon: LayoutTemplate, words: 'home example', run: () => showView('home') },
  { id: 'file.open', label: 'Open…', group: 'File', shortcut: 'Ctrl+O', icon: FolderOpen, inFields: true, run: () => open() },
  { id: 'file.save', label: 'Save', group: 'File', shortcut: 'Ctrl+S', icon: Save, inFields: true, run: save },
  { id: 'file.saveAs', label: 'Save as…', group: 'File', shortcut: 'Ctrl+Shift+S', icon: SaveAll, inFields: true, run: () => saveAs(null) },
  {
    id: 'file.export',
    label: 'Export…',
    group: 'File',
    shortcut: 'Ctrl+Shift+E',
    icon: FileOutput,
    words: 'keras model weights write',
    run: () => setOverlay('export'),
  },
];
