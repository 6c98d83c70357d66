// The words for a run that failed: what happened, where, and what to do. Pure.

import type { ErrorDetails, ErrorKind } from '../../shared/lib/errors.ts';
import { t } from '../text/text.ts';

const advice: Readonly<Record<ErrorKind, string>> = {
  usage: 'Change the settings and train again.',
  project: 'Repair the network or its settings, then train again.',
  data: 'Choose another dataset, or bring this one here again.',
  engine: 'Look at the engines under Home; another one may be ready.',
  work: 'Everything you drew is kept. Change what caused it, or train again as it is.',
};

export interface FailureWords {
  readonly title: string;
  readonly rest: readonly string[];
}

/** The first sentence of the message is the title; what is left of it, the place and the advice follow. */
export function failureWords(error: ErrorDetails | null): FailureWords {
  if (!error) return { title: t('The run failed, and its trainer did not say why.'), rest: [t(advice.work)] };
  const message = t(error.message);
  const [, first = message, more = ''] = /^(.+?[.!?])\s+(.*)$/s.exec(message) ?? [];
  return { title: first, rest: [more, error.where ? t`Where: ${error.where}` : '', t(advice[error.kind])].filter((line) => line !== '') };
}
