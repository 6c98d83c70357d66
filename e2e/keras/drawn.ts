// Networks drawn here, taken to Keras: each of the templates is trained for an epoch, written in both formats, and loaded there by `load_model`
// without custom objects and with warnings as errors. What it predicts must be the same; where no chance is in it but dropout, which is set to 0,
// so must what the next epoch loses, here and there. Arguments, if any, name the templates. Needs Python: NETWRIGHT_PYTHON with Keras 3, or what the bench installs.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classCount, featureColumns, labelColumns } from '../../shared/datasets/columns.ts';
import { datasetOf } from '../../shared/datasets/catalogue.ts';
import type { Network } from '../../shared/network/network.ts';
import { templates } from '../../shared/network/templates/index.ts';
import type { Template } from '../../shared/network/templates/template.ts';
import { benchPython } from '../bench/python.ts';
import { netwright, root, run } from './command.ts';

const TOLERANCE = 1e-4;
const TRAINING = ['--no-shuffle', '--validation-split', '0', '--batch-size', '16', '--seed', '1'];

/** What computes otherwise while training than when the same is asked again. */
const CHANCE = new Set(['spatialDropout1d', 'spatialDropout2d', 'gaussianNoise', 'gaussianDropout', 'alphaDropout', 'sampling', 'rbm']);
const hasChance = ({ nodes }: Network): boolean => nodes.some(({ kind }) => CHANCE.has(kind) || kind.startsWith('random'));

interface Case {
  readonly folder: string;
  readonly template: string;
  readonly network: string;
  /** Shapes of a sample, and below which number whole ones are; 0: numbers from 0 to 1. */
  readonly x: readonly (readonly [shape: readonly number[], below: number])[];
  readonly y: readonly (readonly [shape: readonly number[], below: number])[];
  /** Whether it is asked for what it gets. */
  readonly rebuilds: boolean;
  readonly trainsOn: boolean;
}
interface Told {
  /** Differences of predictions, by format. */
  readonly predicted: Readonly<Record<string, number>>;
  /** What the next epoch lost there, in the mean; null where it was not trained on. */
  readonly loss: number | null;
}

function caseOf(folder: string, template: Template, network: Network, number: number): Case {
  const dataset = datasetOf(template.dataset);
  if (!dataset) throw new Error(`no dataset ${template.dataset}`);
  const own = join(folder, `${template.id}-${number}`);
  mkdirSync(own);
  return {
    ...{ folder: own, template: template.id, network: network.name },
    x: featureColumns(dataset).map(({ shape, dtype }) => [shape, dtype === 'int32' ? 2 : 0]),
    y: labelColumns(dataset).map((column) => [column.shape, column.task === 'numbers' ? 0 : classCount(column)]),
    rebuilds: network.nodes.some(({ output }) => output?.target === 'input'),
    trainsOn: !hasChance(network) && template.training?.loss !== 'perceptron',
  };
}

function withoutDropout(path: string): void {
  const project = JSON.parse(readFileSync(path, 'utf8')) as { networks: { nodes: { kind: string; parameters: Record<string, unknown> }[] }[] };
  for (const { kind, parameters } of project.networks.flatMap(({ nodes }) => nodes)) if (kind === 'dropout') parameters['rate'] = 0;
  writeFileSync(path, JSON.stringify(project));
}

/** Trains it here and writes it. @returns what a further epoch loses here */
function taken(home: string, { folder, template, network, trainsOn }: Case): number | null {
  const [project, runFolder, data] = ['own.netwright', 'run', 'data.npz'].map((name) => join(folder, name)) as [string, string, string];
  netwright(home, 'new', template, '-o', project);
  withoutDropout(project);
  netwright(home, 'train', project, '--network', network, '--data', data, '--epochs', '1', '--run', runFolder, ...TRAINING);
  for (const format of ['keras', 'h5']) netwright(home, 'export', runFolder, '--to', format, '-o', join(folder, `taken.${format}`));
  netwright(home, 'predict', runFolder, '--data', data, '-o', join(folder, 'predicted.npz'));
  if (!trainsOn) return null;
  const epochs = netwright(home, 'resume', runFolder, '--epochs', '2').filter(({ event }) => event === 'epoch');
  return Number(epochs.at(-1)?.['loss']);
}

const short = (value: number): string => value.toExponential(0);

function judge({ template, network }: Case, ours: number | null, told: Told | string): boolean {
  const name = `${template} ${network}`;
  if (typeof told === 'string') {
    process.stdout.write(`FAILS   ${name}: ${told}\n`);
    return false;
  }
  const loss = ours === null || told.loss === null ? null : Math.abs(ours - told.loss) / Math.abs(told.loss);
  const all = [...Object.values(told.predicted), ...(loss === null ? [] : [loss])];
  const isGood = all.every((one) => one <= TOLERANCE) && (ours === null || loss !== null);
  const words = [
    ...Object.entries(told.predicted).map(([format, one]) => `.${format} ${short(one)}`),
    loss === null ? 'not trained on' : `trained on ${short(loss)}`,
  ];
  process.stdout.write(`${isGood ? 'equal ' : 'DIFFER'}  ${name.padEnd(40)} ${words.join(', ')}\n`);
  return isGood;
}

function check(folder: string): boolean[] {
  const python = process.env['NETWRIGHT_PYTHON'] ?? benchPython(root);
  const asked = process.argv.slice(2);
  const chosen = templates.filter(({ id }) => asked.length === 0 || asked.includes(id));
  const cases = chosen.flatMap((template) => template.create().map((network, i) => caseOf(folder, template, network, i)));
  const list = join(folder, 'cases.json');
  writeFileSync(list, JSON.stringify(cases));
  run(python, [join(import.meta.dirname, 'drawn_side.py'), 'make', list]);
  const ours = cases.map((one) => {
    try {
      return taken(join(folder, 'home'), one);
    } catch (error) {
      writeFileSync(join(one.folder, 'failed.txt'), String(error));
      return null;
    }
  });
  run(python, [join(import.meta.dirname, 'drawn_side.py'), 'go-on', list]);
  return cases.map((one, i) => {
    const failed = join(one.folder, 'failed.txt');
    return judge(one, ours[i] ?? null, existsSync(failed) ? readFileSync(failed, 'utf8') : JSON.parse(readFileSync(join(one.folder, 'told.json'), 'utf8')));
  });
}

const folder = mkdtempSync(join(tmpdir(), 'netwright-drawn-'));
try {
  const results = check(folder);
  const good = results.filter(Boolean).length;
  process.stdout.write(`${good} of ${results.length} networks agree within ${TOLERANCE}.\n`);
  process.exitCode = good === results.length ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
