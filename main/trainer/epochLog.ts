// One JSON line per finished epoch. What a resumed run had already, and what it must do again.

import { appendFile, readFile } from 'node:fs/promises';
import type { EpochSummary } from '../../shared/protocol/contract.ts';
import { atomicWrite } from '../files/atomicWrite.ts';

/** The summaries on disk; a torn last line is left out. */
export async function readEpochs(path: string): Promise<EpochSummary[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as EpochSummary);
}

/** Drops the summaries behind the first `count`. @returns the kept ones */
export async function keepEpochs(path: string, count: number): Promise<EpochSummary[]> {
  const kept = (await readEpochs(path)).slice(0, count);
  await atomicWrite(path, kept.map((summary) => `${JSON.stringify(summary)}\n`).join(''));
  return kept;
}

/** Adds a summary; on disk when it resolves. */
export const appendEpoch = (path: string, summary: EpochSummary): Promise<void> => appendFile(path, `${JSON.stringify(summary)}\n`, { flush: true });
