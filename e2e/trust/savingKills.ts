// An editor that is killed again and again while it edits and saves: what it had said to be on disk is there, and the file is a whole one.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Projects } from '../../main/projects/index.ts';
import { ProjectFiles } from '../../main/projects/projectFile.ts';
import type { Kills } from './trainingKills.ts';
import { between, killAfter, startNode } from './processes.ts';

const editor = join(import.meta.dirname, 'editor.ts');
const numberIn = (text: string | undefined): number => Number(text?.split(' ')[1] ?? -1);
const editOf = ({ name }: { readonly name: string }): number => numberIn(name);

interface Place {
  readonly data: string;
  readonly file: string;
}

/** What a new start gives back. */
async function found({ data, file }: Place): Promise<{ readonly restored: number; readonly saved: number | null; readonly fault: string | null }> {
  const projects = new Projects({ folders: { data, cache: data }, dialogs: null }, { open: () => Promise.reject(new Error('no models here')) });
  const initial = editOf((await projects.initial()).project);
  try {
    const saved = editOf(await new ProjectFiles().open(file));
    return { restored: Math.max(initial, saved), saved, fault: null };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return { restored: initial, saved: null, fault: code === 'project-missing' ? null : message };
  }
}

async function killOnce(place: Place, seed: number, first: number, into: Kills): Promise<number> {
  const { lines, ...started } = startNode([editor, place.data, place.file, String(first)], {});
  await started.until((line) => line.startsWith('kept'));
  await killAfter({ lines, ...started }, between(120, seed, 'moment'));
  into.kills++;
  if (lines.length > 0) into.inTraining++;
  else into.surprises.push(`kill ${seed}: nothing was kept: ${started.words()}`);
  const { restored, saved, fault } = await found(place);
  const [kept, written] = ['kept', 'saved'].map((word) => numberIn(lines.findLast((line) => line.startsWith(word))));
  const said = `said kept ${kept}, saved ${written}; found ${restored} and ${saved}`;
  if (fault !== null) into.surprises.push(`kill ${seed}: ${fault}`);
  if (restored < Number(kept)) into.surprises.push(`kill ${seed}: an edit is lost: ${said}`);
  if ((saved ?? -1) < Number(written)) into.surprises.push(`kill ${seed}: a saved file is an older one: ${said}`);
  return Math.max(restored, Number(kept)) + 1;
}

export async function savingKills(count: number, seed = 0): Promise<Kills> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-kills-'));
  const into: Kills = { kills: 0, inTraining: 0, surprises: [] };
  let next = 0;
  try {
    for (let kill = seed; kill < seed + count; kill++)
      next = await killOnce({ data: join(folder, 'data'), file: join(folder, 'a.netwright') }, kill, next, into);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return into;
}
