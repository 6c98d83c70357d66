// What ended a job, in words: a disk that takes no more is no fault of ours.

import { dirname } from 'node:path';
import { type ErrorDetails, errorDetails } from '../../shared/lib/errors.ts';
import type { TrainerJob } from '../../shared/protocol/trainer.ts';

/** Of a job that writes: where, and whether it is a run that can go on. */
interface Written {
  readonly where: string;
  readonly resumable: boolean;
}

/** Where a job writes; null where it does not. */
export function writtenBy(job: TrainerJob): Written | null {
  if (job.task === 'train') return { where: job.folder, resumable: true };
  return job.task === 'predict' ? { where: dirname(dirname(job.output)), resumable: false } : null;
}

export function failureOf(thrown: unknown, written: Written | null): ErrorDetails {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' || written === null) return errorDetails(thrown);
  const { where, resumable } = written;
  const message = resumable
    ? `The disk is full: nothing more can be written to ${where}. Make room there; the run can be resumed from its last checkpoint.`
    : `The disk is full: the predictions do not fit into ${where}. Make room there, or write them somewhere else.`;
  return { kind: 'work', code: 'disk-full', where, message };
}
