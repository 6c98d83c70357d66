// What ended a job, in words: a disk that takes no more is no fault of ours.

import { type ErrorDetails, errorDetails } from '../../shared/lib/errors.ts';

/** @param folder where the job writes; null where it does not */
export function failureOf(thrown: unknown, folder: string | null): ErrorDetails {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' || folder === null) return errorDetails(thrown);
  return {
    kind: 'work',
    code: 'disk-full',
    where: folder,
    message: `The disk is full: nothing more can be written to ${folder}. Make room there; the run can be resumed from its last checkpoint.`,
  };
}
