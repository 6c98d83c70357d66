// Models of other programs: a file becomes a network in a tab of its own, a network becomes a file.

import type { ExportFormat, OpenedModel } from '../../shared/protocol/contract.ts';
import { client, commit, currentProject, dismissNotice, notify, useDocument } from '../state/index.ts';
import { t } from '../text/text.ts';
import { addNetwork } from './network.ts';
import { download, fetchOffered, send } from './transfers.ts';

/** A .keras is a zip, an .h5 begins with its own mark; whatever they are called. */
export async function isModelFile(file: File): Promise<boolean> {
  if (/\.(keras|h5|hdf5)$/i.test(file.name)) return true;
  const [a, b, c, d] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return (a === 0x50 && b === 0x4b) || (a === 0x89 && b === 0x48 && c === 0x44 && d === 0x46);
}

/** Sends a model file to be read, and shows it. @throws NetwrightError in whose words it is refused */
export async function receiveModel(file: File): Promise<void> {
  const reading = notify({ tone: 'info', text: t`Reading ${file.name}` });
  try {
    openModel(await client()['models.receive'](await send(file)));
  } finally {
    dismissNotice(reading);
  }
}

/** How many remarks about a file are shown at once. */
const shownNotes = 4;

/** Shows a model as a new network of the open project. How it was trained is offered, not imposed: the project's networks share settings. */
export function openModel({ file, network, training, notes }: OpenedModel): void {
  addNetwork(network);
  const told = notes.slice(0, shownNotes).map((note) => t(note));
  const more = notes.length > shownNotes ? [t`And ${notes.length - shownNotes} more remarks.`] : [];
  const settings = { ...currentProject().training, ...training };
  notify({
    tone: 'good',
    text: t`${file} is open, with its weights`,
    detail: [...told, ...more].join(' ') || undefined,
    ...(Object.keys(training).length > 0 && {
      action: { label: t('Train it as the file says'), run: () => commit(`train as ${file} says`, [{ type: 'setTraining', settings }]) },
    }),
  });
}

/** Writes a network as another program's file. @param run whose weights it gets; null: as it is drawn @throws NetwrightError naming what the format cannot hold */
export async function exportModel(format: ExportFormat, networkId: string, run: string | null): Promise<void> {
  const project = currentProject();
  const network = project.networks.find(({ id }) => id === networkId);
  if (!network) return;
  const { path } = useDocument.getState();
  const asked = { format, run, project: path ?? project.name, network, settings: project.training, dataset: project.dataset };
  const written = await client()['models.export'](asked);
  if (!written) return;
  if (written.file) download(written.file.name, await fetchOffered(written.file));
  const detail = written.notes.map((note) => t(note)).join(' ') || undefined;
  notify({ tone: 'good', text: t`Written: ${written.file?.name ?? written.path}`, detail });
}
