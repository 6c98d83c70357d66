// Brings the app to life: connects, fetches what it shows, listens to events, keeps the journal.

import type { Connection } from '../../shared/protocol/client.ts';
import { actions, runAction } from '../actions/index.ts';
import {
  keepJournal,
  loadLibrary,
  loadCatalog,
  loadDatasets,
  loadRuns,
  noteDatasetProgress,
  noteEngineProgress,
  noteProgress,
  noteRunsChanged,
  notify,
  notifyFailure,
  openProject,
  setClient,
  setConnection,
  useClient,
  useDocument,
} from '../state/index.ts';
import { stayConnected } from './connect.ts';
import { keepMenu } from './shellMenu.ts';

/** The first project: the one that was open, one saved from a crash, or a sample. Later connections keep what is open. */
async function openFirst(connection: Connection): Promise<void> {
  if (useDocument.getState().open) return;
  const { project, path, notice } = await connection.calls['projects.initial']();
  openProject(project, path, notice === null);
  if (notice !== null) notify({ tone: 'info', text: notice });
}

async function connected(connection: Connection): Promise<void> {
  connection.subscribe('runs.progress', noteProgress);
  connection.subscribe('runs.changed', (event) => void noteRunsChanged(event));
  connection.subscribe('datasets.progress', noteDatasetProgress);
  connection.subscribe('engines.progress', noteEngineProgress);
  connection.subscribe('blocks.changed', () => void loadLibrary().catch(notifyFailure));
  connection.subscribe('app.action', ({ action: id }) => {
    const action = actions.find((candidate) => candidate.id === id);
    if (action) runAction(action);
  });
  const { host, version } = await connection.calls['app.info']();
  useClient.setState({ host, version });
  setClient(connection.calls);
  await loadDatasets();
  await openFirst(connection);
  await Promise.all([loadCatalog(), loadRuns(), loadLibrary()]);
}

/** Called once, by main.tsx. */
export function start(): void {
  keepJournal();
  if (window.netwrightShell) keepMenu(window.netwrightShell);
  stayConnected(
    (connection) => void connected(connection).catch(notifyFailure),
    () => setConnection('lost'),
  );
}
