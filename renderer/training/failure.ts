// The words for a run that failed: what happened, where, and what to do. Pure.

import type { ErrorDetails, ErrorKind } from '../../shared/lib/errors.ts';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { saferLearningRate } from '../../shared/training/saferLearningRate.ts';
import { t } from '../text/text.ts';
import { learningRateOf } from './runData.ts';

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

/** The first sentence of the message is the title; what is left of it and the place follow, and advice where no button does it. */
export function failureWords(error: ErrorDetails | null): FailureWords {
  if (!error) return { title: t('The run failed, and its trainer did not say why.'), rest: [t(advice.work)] };
  const message = t(error.message);
  const [, first = message, more = ''] = /^(.+?[.!?])\s+(.*)$/s.exec(message) ?? [];
  const where = error.where && !saysWhere.has(error.code) ? t`Where: ${error.where}` : '';
  const further = error.code === 'loss-not-finite' || interruptions.has(error.code) ? '' : t(advice[error.kind]);
  return { title: first, rest: [more, where, further].filter((line) => line !== '') };
}

/** Their message names the place already. */
const saysWhere = new Set(['loss-not-finite']);
/** Ends that have nothing to do with what was trained: the same run can go on from its checkpoint. */
const interruptions = new Set(['trainer-killed', 'trainer-crashed', 'interrupted']);

/** Whether a run that has ended can go on where it was, with everything it has learned. */
export function canGoOn({ status, record, error, epochs, step }: RunSnapshot): boolean {
  if (record === null) return false;
  // A run that is stopped keeps what it has learned at once; otherwise it is kept at the end of every epoch.
  return status === 'stopped' ? step > 0 : status === 'failed' && epochs.length > 0 && interruptions.has(error?.code ?? '');
}

/** The learning rate to try where the last one made the loss infinite; null where something else went wrong. */
export function rateInstead({ error, record }: RunSnapshot): number | null {
  if (error?.code !== 'loss-not-finite' || !record) return null;
  const rate = learningRateOf(record.settings);
  return rate === null ? null : saferLearningRate(rate);
}
