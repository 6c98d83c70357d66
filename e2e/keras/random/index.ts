// Random networks beside Keras: drawn there by their seeds over the whole vocabulary, saved, imported here, trained on both sides on the same
// batches, every step's loss and metrics compared, and what was learned taken back. What differs is held against how far Keras leaves
// itself, and made smaller by leaving out steps of its drawing.
//
//     npm run keras-random -- --seed N --count K [--engine onnxruntime|tensorflow] [--steps 25] [--minutes M] [--write] [--whole] [--keep FOLDER]
//
// `--minutes` begins no more after so long, `--whole` does not make them smaller, `--write` keeps the table (RESULTS_RANDOM.md, RESULTS_RANDOM_TENSORFLOW.md beside TRIED.md). Needs Python: NETWRIGHT_PYTHON with Keras 3, or what the bench installs.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Fault, faultsOf, isChaos } from './judge.ts';
import { type Asked, type Drawn, type Drift, KerasSide } from './kerasSide.ts';
import { type EngineId, Ours } from './ours.ts';
import { report, type Row, tables, wordsOf } from './report.ts';

const BATCH = 8;

interface Wanted {
  readonly first: number;
  readonly count: number;
  readonly isKept: boolean;
  readonly isWhole: boolean;
  /** When no more are begun. */
  readonly end: number;
}

interface Sides {
  readonly keras: KerasSide;
  readonly ours: Ours;
  readonly folder: string;
  readonly steps: number;
}

const asked = ({ folder, steps }: Sides, seed: number, name = String(seed)): Asked => ({ folder: join(folder, name), seed, steps, batch: BATCH });
const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function compare(sides: Sides, of: Asked, drawn: Drawn): Promise<Pick<Row, 'faults' | 'notes' | 'weights'>> {
  const ours = await sides.ours.do(of.folder, drawn);
  const returned = await sides.keras.back(of);
  return { faults: faultsOf(drawn, ours, returned), notes: ours.notes, weights: ours.weights };
}

/** Only what Keras cannot explain: its own losses move as far when its weights move by a rounding. */
async function explained({ keras }: Sides, of: Asked, drawn: Drawn, faults: readonly Fault[]): Promise<Drift | null> {
  return faults.some(({ size }) => size !== null) && !drawn.chance ? keras.drift(of) : null;
}

async function one(sides: Sides, seed: number, making: Promise<Drawn>): Promise<Row> {
  const of = asked(sides, seed);
  try {
    const drawn = await making;
    const compared = await compare(sides, of, drawn);
    const drift = await explained(sides, of, drawn, compared.faults);
    return { seed, drawn, ...compared, drift, refused: null, smaller: null };
  } catch (error) {
    return { seed, drawn: null, faults: [], notes: [], weights: null, drift: null, refused: words(error), smaller: null };
  }
}

/** The same seed with steps of its drawing left out, as many as can be while it fails at the same place. */
async function smallest(sides: Sides, { seed, drawn, faults }: Row): Promise<Drawn | null> {
  let found: Drawn | null = null;
  let skipped: number[] = [];
  for (let step = (drawn?.count ?? 0) - 1; step >= 0; step--) {
    const of = asked(sides, seed, `${seed}-${step}`);
    try {
      const tried = await sides.keras.make(of, [...skipped, step]);
      const { faults: now } = await compare(sides, of, tried);
      if (!now.some(({ at }) => at === faults[0]?.at)) continue;
      [found, skipped] = [tried, [...skipped, step]];
    } catch {
      // Keras cannot train what is left: the step stays.
    } finally {
      rmSync(of.folder, { recursive: true, force: true });
    }
  }
  return found;
}

async function compareAll(sides: Sides, { first, count, isKept, isWhole, end }: Wanted): Promise<Row[]> {
  const rows: Row[] = [];
  for (let seed = first; seed < first + count; seed++) rmSync(join(sides.folder, String(seed)), { recursive: true, force: true });
  let next = sides.keras.make(asked(sides, first));
  for (let seed = first; seed < first + count; seed++) {
    const making = next;
    await making.catch(() => undefined);
    // Keras draws the next one while this side trains.
    if (seed + 1 < first + count) next = sides.keras.make(asked(sides, seed + 1));
    next.catch(() => undefined);
    const found = await one(sides, seed, making);
    const isFault = found.faults.length > 0 && !isChaos(found.faults, found.drift);
    const row = isFault && !isWhole ? { ...found, smaller: await smallest(sides, found) } : found;
    rows.push(row);
    process.stdout.write(`${wordsOf(row, isFault)}\n`);
    if (!isKept) rmSync(join(sides.folder, String(seed)), { recursive: true, force: true });
    if (Date.now() > end) break;
  }
  return rows;
}

const { values } = parseArgs({
  options: {
    ...{ seed: { type: 'string', default: '0' }, count: { type: 'string', default: '20' }, steps: { type: 'string', default: '25' } },
    ...{ engine: { type: 'string', default: 'onnxruntime' }, keep: { type: 'string' }, write: { type: 'boolean', default: false } },
    ...{ whole: { type: 'boolean', default: false }, minutes: { type: 'string', default: 'Infinity' } },
  },
});
if (values.engine !== 'onnxruntime' && values.engine !== 'tensorflow') throw new Error(`--engine is “${values.engine}”; it is onnxruntime or tensorflow.`);
const engine: EngineId = values.engine;
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'netwright-random-'));
const sides: Sides = { keras: new KerasSide(), ours: await Ours.open(join(folder, 'home'), engine, BATCH), folder, steps: Number(values.steps) };
try {
  const rows = await compareAll(sides, {
    first: Number(values.seed),
    count: Number(values.count),
    isKept: values.keep !== undefined,
    isWhole: values.whole,
    end: Date.now() + Number(values.minutes) * 60_000,
  });
  const words = process.argv.slice(2).filter((word, i, all) => word !== '--keep' && all[i - 1] !== '--keep');
  const command = `npm run keras-random -- ${words.join(' ')}`;
  const text = report(rows, { command, steps: sides.steps, batch: BATCH, engine });
  if (values.write) writeFileSync(join(import.meta.dirname, '..', tables[engine].file), text);
  process.stdout.write(text);
  process.exitCode = rows.every(({ faults, drift }) => faults.length === 0 || isChaos(faults, drift)) ? 0 : 1;
} finally {
  sides.keras.close();
  await sides.ours.close();
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
}
