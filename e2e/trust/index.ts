// What trust asks for in full: files with something changed in them, trainings and editors that are killed. A tenth of it is in the tests.
// Writes what it found, with date and command, to RESULTS.md.
// npm run trust -- mutations [count] [formats, with semicolons between] | training [kills] | saving [kills]

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formats } from './formats.ts';
import { type Mutations, mutations } from './mutations.ts';
import { startNode } from './processes.ts';
import { savingKills } from './savingKills.ts';
import { type Kills, trainingKills } from './trainingKills.ts';

const results = join(import.meta.dirname, 'RESULTS.md');
const head = '# What was tried, and what was found\n\nWritten by `npm run trust`; the newest line of a kind takes the place of the one before.\n\n';
const day = new Date().toISOString().slice(0, 10);

/** One line of the record, in place of the last one that begins so. */
function record(what: string, found: string, command: string): void {
  const line = `- **${what}**: ${found} (${day}, \`npm run trust -- ${command}\`)`;
  process.stdout.write(`${line}\n`);
  const before = existsSync(results) ? readFileSync(results, 'utf8').split('\n') : [];
  const others = before.filter((one) => one.startsWith('- ') && !one.startsWith(`- **${what}**`));
  writeFileSync(results, `${head}${[...others, line].sort().join('\n')}\n`);
}

const surprised = (surprises: readonly string[]): string => {
  for (const one of surprises.slice(0, 20)) process.stdout.write(`${one}\n`);
  if (surprises.length > 0) process.exitCode = 1;
  return surprises.length === 0 ? 'nothing else' : `${surprises.length} SURPRISES`;
};

/** Keras' reader may go round in circles: the app watches it in a process of its own, and so does this. */
const watched = ['keras', 'h5'];
const patience = 20_000;

async function inChild(name: string, count: number): Promise<Mutations & { readonly ended: number; readonly memory: number }> {
  const all = { read: 0, refused: 0, slowest: 0, memory: 0, surprises: [] as string[], ended: 0 };
  /** Where the piece at hand ends: before a file that was ended, so that those before it are counted too. */
  let end: number | null = null;
  for (let from = 0; from < count; ) {
    const to = end ?? Math.min(count, from + 200);
    const started = startNode([join(import.meta.dirname, 'mutationsChild.ts'), name, String(from), String(to)], {});
    let timer = setTimeout(() => started.child.kill('SIGKILL'), patience);
    started.child.stdout.on('data', () => {
      clearTimeout(timer);
      timer = setTimeout(() => started.child.kill('SIGKILL'), patience);
    });
    const status = await started.ended;
    clearTimeout(timer);
    const last = started.lines.at(-1) ?? '';
    if (status === 0) {
      const { read, refused, slowest, surprises, memory } = JSON.parse(last) as Mutations & { readonly memory: number };
      all.read += read;
      all.refused += refused;
      all.memory = Math.max(all.memory, memory);
      all.slowest = Math.max(all.slowest, slowest);
      all.surprises.push(...surprises);
      from = end === null ? to : to + 1;
      end = null;
    } else {
      // What its watch ends in the app is refused there in words.
      all.ended++;
      if (status !== null) all.surprises.push(`seed ${last}: ended with ${status}: ${started.words()}`);
      if (Number(last) > from) end = Number(last);
      else from++;
    }
  }
  return all;
}

async function mutate(count: number, wanted: readonly string[]): Promise<void> {
  for (const [name, format] of Object.entries(formats)) {
    if (!wanted.includes(name)) continue;
    const { read, refused, slowest, surprises, ended, memory } = watched.includes(name)
      ? await inChild(name, count)
      : { ...(await mutations(format, 0, count)), ended: 0, memory: process.resourceUsage().maxRSS * 1024 };
    const rest = [`${refused} refused in words`, `${read} read`, ...(ended > 0 ? [`${ended} ended by the watch`] : []), surprised(surprises)];
    const cost = `slowest ${slowest.toFixed(3)} s of processor time, the process held at most ${Math.round(memory / 2 ** 20)} MiB`;
    record(`Mutated files, ${name}`, `${count} files: ${rest.join(', ')}; ${cost}`, `mutations ${count} "${name}"`);
  }
}

const told = ({ kills, inTraining, surprises }: Kills, when: string): string => `${kills} kills, ${inTraining} of them ${when}: ${surprised(surprises)}`;

const [what = '', count, names] = process.argv.slice(2);
if (what === 'mutations') await mutate(Number(count ?? 10_000), names?.split(';') ?? Object.keys(formats));
else if (what === 'training')
  record('Kills while training', `${told(await trainingKills(Number(count ?? 200)), 'after the first batch')}`, `training ${count ?? 200}`);
else if (what === 'saving')
  record('Kills while editing and saving', `${told(await savingKills(Number(count ?? 500)), 'after the first edit')}`, `saving ${count ?? 500}`);
else {
  process.stderr.write('npm run trust -- mutations [count] [formats, with semicolons between] | training [kills] | saving [kills]\n');
  process.exitCode = 2;
}
