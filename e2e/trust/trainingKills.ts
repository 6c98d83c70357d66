// Trainings that are killed again and again, the command itself or its trainer, and resumed: in the end every loss, value and result is that of
// a training that nobody killed.

import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { between, killAfter, startNetwright } from './processes.ts';

export interface Kills {
  kills: number;
  /** Of them: while the trainer wrote or computed, not before it had begun. */
  inTraining: number;
  readonly surprises: string[];
}

const killsOfOneRun = 10;
const event = (lines: readonly string[], name: string): Record<string, unknown> | undefined =>
  lines.map((line) => JSON.parse(line) as Record<string, unknown>).findLast((one) => one['event'] === name);

/** The trainer of a command, where the system tells. */
function trainerOf(pid: number | undefined): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]) || undefined;
  } catch {
    return undefined;
  }
}

/** Everything that a run has to say, whatever it cost to get there. */
async function numbersOf(run: string): Promise<string> {
  const batches = await readFile(join(run, 'batches.f64'), 'hex');
  const epochs = (await readFile(join(run, 'epochs.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { values: unknown }).values);
  return JSON.stringify({ batches, epochs });
}

interface Trial {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly project: string;
}
const trainArgs = ({ project }: Trial, run: string): string[] => [
  'train',
  project,
  '--network',
  'With hidden layer',
  '--run',
  run,
  '--epochs',
  '150',
  '--json',
];

async function reference(trial: Trial): Promise<{ readonly numbers: string; readonly test: string }> {
  const run = join(trial.folder, 'whole');
  const whole = startNetwright(trainArgs(trial, run), trial.env);
  if ((await whole.ended) !== 0) throw new Error(`The training itself failed: ${whole.words()}`);
  return { numbers: await numbersOf(run), test: JSON.stringify(event(whole.lines, 'end')?.['test']) };
}

/** One kill of a run that has begun or not. @returns whether the run came to its end before */
async function killOnce(trial: Trial, run: string, seed: number, into: Kills): Promise<boolean> {
  const hasBegun = await readFile(join(run, 'job.json')).then(
    () => true,
    () => false,
  );
  const started = startNetwright(hasBegun ? ['resume', run, '--json'] : trainArgs(trial, run), trial.env);
  // Now and then before anything was said.
  const early = seed % 10 === 9;
  if (!early) await started.until((line) => line.includes('"start"'));
  const pid = seed % 2 === 0 ? trainerOf(started.child.pid) : undefined;
  await killAfter(started, between(early ? 900 : 250, seed, 'moment'), pid);
  if ((await started.ended) === 0) return true;
  into.kills++;
  if (started.lines.some((line) => line.includes('"start"'))) into.inTraining++;
  return false;
}

/** A run with its kills, and then in peace to its end. */
async function oneRun(trial: Trial, seed: number, kills: number, whole: Awaited<ReturnType<typeof reference>>, into: Kills): Promise<void> {
  const run = join(trial.folder, `run-${seed}`);
  for (let kill = 0; kill < kills; kill++) if (await killOnce(trial, run, seed * killsOfOneRun + kill, into)) return;
  const last = startNetwright(['resume', run, '--json'], trial.env);
  if ((await last.ended) !== 0) into.surprises.push(`run ${seed}: could not be resumed: ${last.words()}`);
  else if ((await numbersOf(run)) !== whole.numbers) into.surprises.push(`run ${seed}: other numbers than without a kill`);
  else if (JSON.stringify(event(last.lines, 'end')?.['test']) !== whole.test) into.surprises.push(`run ${seed}: another test result`);
}

/** @param seed the first run's */
export async function trainingKills(count: number, seed = 0): Promise<Kills> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-kills-'));
  const trial: Trial = { folder, env: { NETWRIGHT_HOME: join(folder, 'home') }, project: join(folder, 'a.netwright') };
  const into: Kills = { kills: 0, inTraining: 0, surprises: [] };
  try {
    await startNetwright(['new', 'xor', '-o', trial.project], trial.env).ended;
    const whole = await reference(trial);
    for (let run = seed; into.kills < count && into.surprises.length === 0; run++)
      await oneRun(trial, run, Math.min(killsOfOneRun, count - into.kills), whole, into);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return into;
}
