// The code that the app shows, run as it stands: every template in real Keras, and in PyTorch where that is installed. It must make as many
// parameters and outputs of the shapes that the app says. Arguments, if any, name the templates to look at.
// Needs Python: NETWRIGHT_PYTHON with Keras 3, or what the bench installs; NETWRIGHT_TORCH_PYTHON with PyTorch, where that is another one.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kerasSource } from '../../shared/code/keras.ts';
import { pytorchSource } from '../../shared/code/pytorch.ts';
import { textOf } from '../../shared/code/source.ts';
import { analyze, graphOf, outputsOf } from '../../shared/compile/index.ts';
import { classCount, featureColumns, labelColumns } from '../../shared/datasets/columns.ts';
import { datasetOf } from '../../shared/datasets/catalogue.ts';
import type { Analysis } from '../../shared/compile/types.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { Network } from '../../shared/network/network.ts';
import { templates } from '../../shared/network/templates/index.ts';
import type { Template } from '../../shared/network/templates/template.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';
import { benchPython } from '../bench/python.ts';

interface Made {
  readonly parameters?: number;
  readonly outputs?: readonly (readonly number[])[];
  /** Why the code says that it cannot. */
  readonly words?: string;
  readonly error?: string;
}
type Wanted = Required<Pick<Made, 'parameters' | 'outputs'>>;

/** What a file of arrays must hold for the code to read it: shapes, and the number of classes of class labels. */
function arraysOf(dataset: DatasetDescriptor): Record<string, Record<string, [readonly number[], number]>> {
  const numbered = (letter: string, columns: readonly { readonly shape: readonly number[]; readonly below: number }[]) =>
    columns.map(({ shape, below }, i) => [columns.length === 1 ? letter : `${letter}${i}`, [shape, below]]);
  const x = featureColumns(dataset).map(({ shape, dtype }) => ({ shape, below: dtype === 'float32' ? 0 : 2 }));
  const y = labelColumns(dataset).map((column) => ({ shape: column.shape, below: column.task === 'numbers' ? 0 : classCount(column) }));
  return { [`${dataset.id}.npz`]: Object.fromEntries([...numbered('x', x), ...numbered('y', y)]) };
}

/** Pictures have their channels first in PyTorch. */
const channelsFirst = (shape: readonly number[]): readonly number[] => (shape.length === 3 ? [shape[2] as number, ...shape.slice(0, 2)] : shape);

/** Numbers that PyTorch's recurrent layers learn and Keras' do not: a second bias. */
function secondBiases({ nodes }: Network): number {
  const gates: Readonly<Record<string, number>> = { lstm: 4, simpleRnn: 1 };
  const count = (kind: string, { units = 64, useBias = true }: { units?: number; useBias?: boolean }) => (useBias ? (gates[kind] ?? 0) * units : 0);
  return nodes.reduce((sum, { kind, parameters }) => {
    const inner = kind === 'bidirectional' ? ((parameters['layer'] ?? { kind: 'lstm', parameters: {} }) as { kind: string; parameters: object }) : null;
    return sum + (inner ? 2 * count(inner.kind, inner.parameters) : count(kind, parameters));
  }, 0);
}

/** Numbers that no other program has: a Boltzmann machine's visible bias, which only its preparation uses. */
const visibleBiases = ({ nodes }: Network, analysis: Analysis): number =>
  nodes.reduce((sum, { id, kind }) => sum + (kind === 'rbm' ? (analysis.nodes[id]?.inputShapes[0]?.[0] ?? 0) : 0), 0);

/** With names that people give and TensorFlow does not allow. */
const oddlyNamed = (network: Network): Network => ({
  ...network,
  name: 'Übung 1: „größer“',
  nodes: network.nodes.map((node, i) => ({ ...node, name: i === 0 ? 'Größe (cm)' : `ß/é ${i}` })),
});

function caseOf(template: Template, network: Network) {
  const dataset = datasetOf(template.dataset);
  if (!dataset) throw new Error(`${template.id} names the dataset “${template.dataset}”, which is not there.`);
  const analysis = analyze(network, { dataset });
  const request = { network, dataset, analysis, settings: { ...defaultTrainingSettings, ...template.training } };
  const shapesOf = (nodes: readonly { readonly id: string }[]) => nodes.map(({ id }) => analysis.nodes[id]?.outputShape ?? []);
  const outputs = shapesOf(outputsOf(graphOf(network)).map(({ node }) => node));
  const parameters = analysis.totals.trainable + analysis.totals.nonTrainable - visibleBiases(network, analysis);
  const wanted: Readonly<Record<Which, Wanted>> = {
    keras: { parameters, outputs },
    pytorch: { parameters: parameters + secondBiases(network), outputs: outputs.map(channelsFirst) },
  };
  return {
    ...{ name: `${template.id} ${network.name}`, arrays: arraysOf(dataset), wanted },
    ...{ keras: textOf(kerasSource(request)), pytorch: textOf(pytorchSource(request)) },
    fed: shapesOf(network.nodes.filter(({ kind }) => kind === 'input')).map((shape) => [2, ...channelsFirst(shape)]),
  };
}
type Case = ReturnType<typeof caseOf>;
type Which = 'keras' | 'pytorch';

/** What is wrong with it; null where nothing is. */
function judge(made: Made, wanted: Wanted): string | null {
  if (made.error) return made.error;
  if (made.words) return null;
  if (made.parameters !== wanted.parameters) return `${made.parameters} parameters, not ${wanted.parameters}`;
  return JSON.stringify(made.outputs) === JSON.stringify(wanted.outputs)
    ? null
    : `outputs ${JSON.stringify(made.outputs)}, not ${JSON.stringify(wanted.outputs)}`;
}

function run(python: string, which: Which, folder: string): readonly Made[] {
  const command = [join(import.meta.dirname, 'code_side.py'), which, join(folder, 'cases.json'), folder];
  const { status, stderr } = spawnSync(python, command, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`Python ended with ${status}:\n${stderr.slice(-4000)}`);
  return JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8'));
}

/** Runs all cases and tells of each. @returns how many are wrong */
function check(python: string, which: Which, cases: readonly Case[], folder: string): number {
  const lines = run(python, which, folder).map((made, i) => {
    const { name, wanted } = cases[i] as Case;
    const wrong = judge(made, wanted[which]);
    const words = wrong ?? made.words;
    process.stdout.write(`${wrong ? 'WRONG' : words ? 'words' : 'runs '}  ${which.padEnd(8)} ${name}${words ? `: ${words}` : ''}\n`);
    return wrong;
  });
  return lines.filter((wrong) => wrong !== null).length;
}

const hasTorch = (python: string): boolean => spawnSync(python, ['-c', 'import torch']).status === 0;

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'netwright-code-'));
try {
  const asked = process.argv.slice(2);
  const chosen = templates.filter(({ id }) => asked.length === 0 || asked.includes(id));
  const drawn = chosen.flatMap((template) => template.create().map((network) => [template, network] as const));
  const cases = [...drawn, ...drawn.slice(0, 1).map(([template, network]) => [template, oddlyNamed(network)] as const)].map((one) => caseOf(...one));
  writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases));
  const python = process.env['NETWRIGHT_PYTHON'] ?? benchPython(root);
  const torchPython = process.env['NETWRIGHT_TORCH_PYTHON'] ?? python;
  let wrong = check(python, 'keras', cases, folder);
  if (hasTorch(torchPython)) wrong += check(torchPython, 'pytorch', cases, folder);
  else process.stdout.write('PyTorch is not installed: its code was not run. Name a Python that has it in NETWRIGHT_TORCH_PYTHON.\n');
  process.exitCode = wrong === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
