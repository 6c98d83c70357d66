// The code that the app shows, run as it stands: every template in real Keras, and in PyTorch where that is installed. It must make as many
// parameters and outputs of the shapes that the app says. Arguments, if any, name the templates to look at.
// Needs Python: NETWRIGHT_PYTHON with Keras 3 (and PyTorch, to check that too), or what the bench installs.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kerasSource } from '../../shared/code/keras.ts';
import { textOf } from '../../shared/code/source.ts';
import { analyze, graphOf, outputsOf } from '../../shared/compile/index.ts';
import { classCount, featureColumns, labelColumns } from '../../shared/datasets/columns.ts';
import { datasetOf } from '../../shared/datasets/catalogue.ts';
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
interface Told {
  readonly name: string;
  readonly keras: Made;
}

/** What a file of arrays must hold for the code to read it: shapes, and the number of classes of class labels. */
function arraysOf(dataset: DatasetDescriptor): Record<string, Record<string, [readonly number[], number]>> {
  const numbered = (letter: string, columns: readonly { readonly shape: readonly number[]; readonly below: number }[]) =>
    columns.map(({ shape, below }, i) => [columns.length === 1 ? letter : `${letter}${i}`, [shape, below]]);
  const x = featureColumns(dataset).map(({ shape, dtype }) => ({ shape, below: dtype === 'float32' ? 0 : 2 }));
  const y = labelColumns(dataset).map((column) => ({ shape: column.shape, below: column.task === 'numbers' ? 0 : classCount(column) }));
  return { [`${dataset.id}.npz`]: Object.fromEntries([...numbered('x', x), ...numbered('y', y)]) };
}

function caseOf(template: Template, network: Network) {
  const dataset = datasetOf(template.dataset);
  if (!dataset) throw new Error(`${template.id} names the dataset “${template.dataset}”, which is not there.`);
  const analysis = analyze(network, { dataset });
  const request = { network, dataset, analysis, settings: { ...defaultTrainingSettings, ...template.training } };
  return {
    name: `${template.id} ${network.name}`,
    keras: textOf(kerasSource(request)),
    arrays: arraysOf(dataset),
    parameters: analysis.totals.trainable + analysis.totals.nonTrainable,
    outputs: outputsOf(graphOf(network)).map(({ node }) => analysis.nodes[node.id]?.outputShape),
  };
}

function judge(made: Made, wanted: Pick<ReturnType<typeof caseOf>, 'parameters' | 'outputs'>): string | null {
  if (made.error) return made.error;
  if (made.words) return null;
  if (made.parameters !== wanted.parameters) return `${made.parameters} parameters, not ${wanted.parameters}`;
  return JSON.stringify(made.outputs) === JSON.stringify(wanted.outputs)
    ? null
    : `outputs ${JSON.stringify(made.outputs)}, not ${JSON.stringify(wanted.outputs)}`;
}

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'netwright-code-'));
try {
  const asked = process.argv.slice(2);
  const chosen = templates.filter(({ id }) => asked.length === 0 || asked.includes(id));
  const cases = chosen.flatMap((template) => template.create().map((network) => caseOf(template, network)));
  writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases));
  const python = process.env['NETWRIGHT_PYTHON'] ?? benchPython(root);
  const { status, stdout, stderr } = spawnSync(python, [join(import.meta.dirname, 'code_side.py'), join(folder, 'cases.json'), folder], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`Python ended with ${status}:\n${stderr.slice(-4000)}`);
  const told: readonly Told[] = JSON.parse(stdout.slice(stdout.lastIndexOf('\n[') + 1));
  const wrong = told.map((one, i) => judge(one.keras, cases[i] as (typeof cases)[number]));
  told.forEach(({ name, keras }, i) => {
    process.stdout.write(
      `${wrong[i] ? 'WRONG' : keras.words ? 'words' : 'runs '}  ${name}${wrong[i] ? `: ${wrong[i]}` : keras.words ? `: ${keras.words}` : ''}\n`,
    );
  });
  process.exitCode = wrong.some((words) => words !== null) ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
