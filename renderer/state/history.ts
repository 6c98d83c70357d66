// Undo and redo: a list of steps, each a gesture with a label, its changes and what undoes them. Pure.
// Selection and viewport never enter it.

import type { Project } from '../../shared/project/project.ts';
import { applyProjectEdits, type ProjectEdit } from './projectEdits.ts';

export interface Step {
  /** What was done, to stand after “Undo:”: `set units`. */
  readonly label: string;
  readonly edits: readonly ProjectEdit[];
  readonly inverse: readonly ProjectEdit[];
  /** Changes with the same key, made right after one another, become one step (typing, a slider's drag). */
  readonly fold?: string;
  /** The network to look at when it is undone. */
  readonly network?: string;
  readonly at: number;
}
export interface History {
  readonly project: Project;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}
export interface StepOptions {
  readonly fold?: string;
  readonly network?: string;
}

/** Steps kept. Older ones fall off the far end. */
export const historyLimit = 5000;
/** A pause longer than this ends a folding step, in milliseconds. */
export const foldPause = 1500;

export const freshHistory = (project: Project): History => ({ project, past: [], future: [] });

function folds(last: Step | undefined, options: StepOptions, now: number): last is Step {
  return last?.fold !== undefined && last.fold === options.fold && now - last.at < foldPause;
}

/** The history after a gesture. What could be redone is gone. @throws NetwrightError, then nothing changed */
export function record(history: History, label: string, edits: readonly ProjectEdit[], now: number, options: StepOptions = {}): History {
  const applied = applyProjectEdits(history.project, edits);
  const last = history.past.at(-1);
  const step: Step = folds(last, options, now)
    ? { ...last, edits: [...last.edits, ...edits], inverse: [...applied.inverse, ...last.inverse], at: now }
    : { label, edits, inverse: applied.inverse, at: now, ...options };
  const kept = folds(last, options, now) ? history.past.slice(0, -1) : history.past;
  return { project: applied.project, past: [...kept, step].slice(-historyLimit), future: [] };
}

/** One step back; the same history where there is none. */
export function undo(history: History): History {
  const step = history.past.at(-1);
  if (!step) return history;
  const { project } = applyProjectEdits(history.project, step.inverse);
  return { project, past: history.past.slice(0, -1), future: [closed(step), ...history.future] };
}

/** One step forward again; the same history where there is none. */
export function redo(history: History): History {
  const [step, ...future] = history.future;
  if (!step) return history;
  const applied = applyProjectEdits(history.project, step.edits);
  return { project: applied.project, past: [...history.past, { ...step, inverse: applied.inverse }], future };
}

/** Ends folding: the next change is a step of its own, whatever its key. */
export function closeStep(history: History): History {
  const last = history.past.at(-1);
  return last?.fold === undefined ? history : { ...history, past: [...history.past.slice(0, -1), closed(last)] };
}

function closed({ fold: _ended, ...step }: Step): Step {
  return step;
}
