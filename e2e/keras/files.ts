// Model files between Keras and Netwright, both ways, judged by training: a network made in Keras is imported and trained beside it; what
// came out is exported, loaded in Keras with `load_model` and nothing else, and trained further on both sides, in both formats. Losses must agree, batch by batch where the command tells them.
// Arguments, if any, name the networks to look at. Needs Python: NETWRIGHT_PYTHON with Keras 3, or what the bench installs.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchPython } from '../bench/python.ts';
import { netwright, root, run } from './command.ts';

const TOLERANCE = 1e-4;

interface Result {
  readonly network: string;
  readonly what: string;
  /** The largest relative difference of a loss. */
  readonly difference: number;
}

const lossesOf = (events: readonly Readonly<Record<string, unknown>>[]): number[] =>
  events.filter(({ event }) => event === 'batch').map(({ loss }) => Number(loss));

/** NaN, and so a failure, where a batch is missing. */
function differenceOf(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length || ours.length === 0) return Number.NaN;
  return Math.max(...ours.map((loss, i) => Math.abs(loss - (theirs[i] as number)) / Math.abs(theirs[i] as number)));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const readLosses = (path: string): number[] => JSON.parse(readFileSync(path, 'utf8'));

/** Trains the project of that name into `run-NAME`, batch after batch as Keras does. @returns what every batch lost */
function trainedFrom(folder: string, network: string, name: string, epochs: number): number[] {
  const own = join(folder, network);
  const data = ['--data', join(own, 'data.npz'), '--no-shuffle', '--validation-split', '0'];
  const training = [...data, '--epochs', String(epochs), '--batch-size', '16', '--log-every', 'batch'];
  return lossesOf(netwright(join(folder, 'home'), 'train', join(own, `${name}.netwright`), ...training, '--run', join(own, `run-${name}`)));
}

/** Imports and trains as Keras did; leaves the run in `run-ENDING`. */
function imported(folder: string, network: string, ending: string): Result {
  const own = join(folder, network);
  const [home, project] = [join(folder, 'home'), join(own, `${ending}.netwright`)];
  netwright(home, 'import', join(own, `model.${ending}`), '-o', project);
  const losses = trainedFrom(folder, network, ending, 2);
  return { network, what: `.${ending} into Netwright`, difference: differenceOf(losses, readLosses(join(own, 'losses.json'))) };
}

/** The older format does not carry the optimizer's state: here too what was trained is taken away, brought back and trained with a fresh one. */
function exportedOlder(folder: string, network: string): number[] {
  const own = join(folder, network);
  const home = join(folder, 'home');
  netwright(home, 'export', join(own, 'run-keras'), '--to', 'h5', '-o', join(own, 'taken.h5'));
  netwright(home, 'import', join(own, 'taken.h5'), '-o', join(own, 'older.netwright'));
  return trainedFrom(folder, network, 'older', 1);
}

/** Exports what was trained, then trains it further here. @returns the mean loss of the further epoch */
function exported(folder: string, network: string): number[] {
  const own = join(folder, network);
  const [home, trained] = [join(folder, 'home'), join(own, 'run-keras')];
  netwright(home, 'export', trained, '--to', 'keras', '-o', join(own, 'taken.keras'));
  const epochs = netwright(home, 'resume', trained, '--epochs', '3').filter(({ event }) => event === 'epoch');
  return epochs.map(({ loss }) => Number(loss));
}

function check(folder: string): Result[] {
  const python = process.env['NETWRIGHT_PYTHON'] ?? benchPython(root);
  const theirs = (...words: readonly string[]) => run(python, [join(import.meta.dirname, 'keras_side.py'), ...words]);
  theirs('make', folder, ...process.argv.slice(2));
  const networks = readdirSync(folder);
  const into = networks.flatMap((network) => ['keras', 'h5'].map((ending) => imported(folder, network, ending)));
  const older = new Map(networks.map((network) => [network, exportedOlder(folder, network)]));
  const further = new Map(networks.map((network) => [network, exported(folder, network)]));
  theirs('go-on', folder, ...networks);
  const back = networks.map((network) => ({
    network,
    what: 'back to Keras as .keras',
    difference: differenceOf(further.get(network) ?? [], [mean(readLosses(join(folder, network, 'further.json')))]),
  }));
  const backOlder = networks.map((network) => ({
    network,
    what: 'back to Keras as .h5',
    difference: differenceOf(older.get(network) ?? [], readLosses(join(folder, network, 'older.json'))),
  }));
  return [...into, ...back, ...backOlder];
}

const folder = mkdtempSync(join(tmpdir(), 'netwright-keras-'));
try {
  const results = check(folder);
  const isGood = ({ difference }: Result) => difference <= TOLERANCE;
  for (const one of results)
    process.stdout.write(`${isGood(one) ? 'equal ' : 'DIFFER'}  ${one.network.padEnd(12)} ${one.what.padEnd(23)} ${one.difference.toExponential(1)}\n`);
  const good = results.filter(isGood).length;
  process.stdout.write(`${good} of ${results.length} agree within ${TOLERANCE}.\n`);
  process.exitCode = good === results.length ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
