// Keeps the document safe: within half a second of a change it is written to the journal that is offered after a crash.

import { client, useClient } from './client.ts';
import { useDocument } from './document.ts';
import { notifyFailure } from './notices.ts';

/** At most this long after a change, in milliseconds. */
const journalDelay = 300;

/** Starts keeping the journal; call the result to end. */
export function keepJournal(): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const write = () => {
    timer = null;
    const { project, path, open } = useDocument.getState();
    if (!open || useClient.getState().client === null) return;
    client()['projects.journal'](project, path).catch(notifyFailure);
  };
  const stop = useDocument.subscribe((state, before) => {
    if (state.project !== before.project && state.project !== state.saved) timer ??= setTimeout(write, journalDelay);
  });
  return () => {
    stop();
    if (timer) clearTimeout(timer);
  };
}
