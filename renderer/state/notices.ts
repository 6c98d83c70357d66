// Short messages at the edge of the window: what was done and can be undone, what failed and how to go on.

import { create } from 'zustand';
import { type ErrorDetails, errorDetails } from '../../shared/lib/errors.ts';

export interface Notice {
  readonly id: number;
  readonly tone: 'good' | 'info' | 'bad';
  readonly text: string;
  /** A second line: why, or what to do. */
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const shown = 4;
let last = 0;
export const useNotices = create<{ readonly notices: readonly Notice[] }>()(() => ({ notices: [] }));

/** Shows a message; the oldest makes room. Failures stay until they are closed. */
export function notify(notice: Omit<Notice, 'id'>): number {
  last += 1;
  const id = last;
  useNotices.setState(({ notices }) => ({ notices: [...notices.filter((old) => old.text !== notice.text), { ...notice, id }].slice(-shown) }));
  return id;
}

export const dismissNotice = (id: number): void => useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));

/** Shows what went wrong, in the words of the error. */
export function notifyFailure(thrown: unknown, action?: Notice['action']): void {
  const details = isDetails(thrown) ? thrown : errorDetails(thrown);
  notify({ tone: 'bad', text: details.message, detail: details.where, action });
}
const isDetails = (value: unknown): value is ErrorDetails =>
  typeof value === 'object' && value !== null && !(value instanceof Error) && 'message' in value && 'code' in value;

/** Runs an intent whose failure must reach the person. */
export function attempt(work: () => unknown): void {
  try {
    Promise.resolve(work()).catch((thrown: unknown) => notifyFailure(thrown));
  } catch (thrown) {
    notifyFailure(thrown);
  }
}
