// What the random networks came to, in words: a line for each while they run, and the table that is kept.

import { isChaos, TOLERANCE, type Fault } from './judge.ts';
import type { Drawn, Drift } from './kerasSide.ts';
import type { EngineId } from './ours.ts';

export interface Row {
  readonly seed: number;
  /** Null where Keras refuses to draw or to train it. */
  readonly drawn: Drawn | null;
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
  readonly weights: number | null;
  readonly drift: Drift | null;
  /** What Keras, or this side before it came to anything, said. */
  readonly refused: string | null;
  /** The same with steps of its drawing left out, where it fails in the same way. */
  readonly smaller: Drawn | null;
}

export interface Run {
  readonly command: string;
  readonly steps: number;
  readonly batch: number;
  readonly engine: EngineId;
}

export const tables = {
  onnxruntime: { title: 'ONNX Runtime on the CPU', file: 'RESULTS_RANDOM.md' },
  tensorflow: { title: 'the engine tensorflow on the CPU', file: 'RESULTS_RANDOM_TENSORFLOW.md' },
} as const;

const networkWords = ({ layers, losses, metrics, optimizer, format, weighted, classWeight }: Drawn): string =>
  [
    `.${format}: ${layers.join(' ')}`,
    `loss ${losses.join(' and ')}`,
    ...(metrics.length > 0 ? [`metrics ${metrics.join(', ')}`] : []),
    optimizer,
    ...(weighted ? ['sample weights'] : []),
    ...(classWeight ? ['class weights'] : []),
  ].join('; ');

const driftWords = (drift: Drift | null): string =>
  drift ? ` Keras leaves itself by ${drift.losses.toExponential(0)} in the loss and ${drift.predictions.toExponential(0)} in predictions.` : '';
const faultWords = (faults: readonly Fault[]): string => faults.map(({ at, words }) => `${at}: ${words}`).join(' | ');

/** A line for the terminal; more where something is wrong. */
export function wordsOf(row: Row, isFault: boolean): string {
  const { seed, drawn, faults, drift, refused, smaller, notes } = row;
  if (!drawn) return `${seed} not tried: ${refused}`;
  if (faults.length === 0) return `${seed} equal  ${drawn.layers.length} layers${notes.length > 0 ? `\n    note: ${notes.join('\n    note: ')}` : ''}`;
  const least = smaller ? `\n    smaller: ${networkWords(smaller)}` : '';
  const told = notes.map((note) => `\n    note: ${note}`).join('');
  return `${seed} ${isFault ? 'DIFFERS' : 'chaos '} ${faultWords(faults)}.${driftWords(drift)}\n    ${networkWords(drawn)}${least}${told}`;
}

const countBy = (names: readonly string[]): string => {
  const counts = Map.groupBy(names, (name) => name);
  return [...counts]
    .map(([name, all]) => [name, all.length] as const)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
};
const kindOf = (words: string): string => words.replace(/\(.*$/, '');

/** The table. */
export function report(rows: readonly Row[], { command, steps, batch, engine }: Run): string {
  const tried = rows.flatMap(({ drawn }) => (drawn ? [drawn] : []));
  const faulty = rows.filter(({ faults, drift }) => faults.length > 0 && !isChaos(faults, drift));
  const chaotic = rows.filter(({ faults, drift }) => isChaos(faults, drift));
  const equal = tried.length - faulty.length - chaotic.length;
  const lines = (title: string, of: readonly Row[]): string[] =>
    of.length === 0
      ? []
      : [
          `## ${title}\n\n${of.map((row) => `- seed ${row.seed}: ${faultWords(row.faults)}.${driftWords(row.drift)} ${row.drawn ? networkWords(row.smaller ?? row.drawn) : ''}`).join('\n')}`,
        ];
  const parts = [
    '# Random networks beside Keras',
    `${new Date().toISOString().slice(0, 10)}, Keras 3.15.1 on TensorFlow 2.21 against ${tables[engine].title}, made by \`${command}\`.`,
    `Each network is drawn by its seed, saved by Keras, imported, and trained ${steps} steps of ${batch} samples on both sides; every loss and metric of every step is compared (asked: at most ${TOLERANCE}, relative), what was learned goes back to Keras in both formats (\`load_model\`, no custom objects), predicts there, and learns on. Networks with dice in their training are compared in what they predict before it, and must come back. *Chaos* is what Keras leaves itself by about as far when each weight is moved by 1e-7 of itself.`,
    `${equal} of ${tried.length} are equal, ${chaotic.length} are chaos, ${faulty.length} differ; ${rows.length - tried.length} seeds gave nothing that Keras itself trains.`,
    ...lines('What differs', faulty),
    ...lines('Chaos', chaotic),
    `## What was drawn\n\nLayers: ${countBy(tried.flatMap(({ layers }) => layers))}.`,
    `Figures: ${countBy(tried.flatMap(({ figures }) => figures.filter((one) => one !== 'layer')))}.`,
    `Losses: ${countBy(tried.flatMap(({ losses }) => losses.map(kindOf)))}. Metrics: ${countBy(tried.flatMap(({ metrics }) => metrics.map(kindOf)))}.`,
    `Optimizers: ${countBy(tried.map(({ optimizer }) => kindOf(optimizer)))}. Formats: ${countBy(tried.map(({ format }) => format))}. Sample weights ${tried.filter(({ weighted }) => weighted).length}, class weights ${tried.filter(({ classWeight }) => classWeight).length}.`,
  ];
  return `${parts.join('\n\n')}\n`;
}
