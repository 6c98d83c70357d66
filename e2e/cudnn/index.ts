// The TensorFlow engine's graphs for a graphics card, checked where there is none: Python's TensorFlow takes the graph in as it is (its checks know cuDNN's
// operations), then with cuDNN's two kernels replaced by their published formulas, and runs it. Outputs, gradients and trained weights are compared with the
// float64 interpreter, single layers with Keras, and the list of parameters with the one that Keras itself hands to cuDNN. What it cannot show: that the kernels
// on a card keep to their formulas; the engine finds that out before it uses them. Writes RESULTS.md. Needs Python: NETWRIGHT_PYTHON, or what the bench installs.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packedLength } from '../../main/emit/graphdef/fed.ts';
import type { NumericArray } from '../../shared/tensor/operation.ts';
import type { DType } from '../../shared/tensor/types.ts';
import { benchPython } from '../bench/python.ts';
import { type Case, cases } from './cases.ts';
import { fingerprint, graphOf, variablesOf } from './graphs.ts';

const root = join(import.meta.dirname, '..', '..');
/** float32 beside float64, relative to the largest number of a tensor, after some steps. */
const TOLERANCE = 2e-5;

interface Row {
  readonly title: string;
  /** cuDNN's kernels in the graph. */
  readonly forward: number;
  readonly backward: number;
  /** The largest differences: of outputs and gradients, of the state at the end, from Keras, of the parameters' list from Keras' own. */
  readonly outputs: number;
  readonly state: number | null;
  readonly keras: number | null;
  readonly parameters: number | null;
}

/** As it is fed: bytes in whole int32 numbers. */
function bytesOf({ data }: NumericArray, dtype: DType): string {
  if (dtype === 'float32') return base64(Float32Array.from(data));
  if (dtype === 'int32') return base64(Int32Array.from(data));
  if (dtype === 'bool') return base64(Uint8Array.from(data));
  const packed = new Int32Array(packedLength(data.length));
  new Uint8Array(packed.buffer).set(Uint8Array.from(data));
  return base64(packed);
}
const base64 = ({ buffer }: { readonly buffer: ArrayBufferLike }): string => Buffer.from(buffer).toString('base64');

function write(folder: string, one: Case): void {
  const { title, program, state, feeds, wanted, layer } = one;
  mkdirSync(folder);
  const variables = variablesOf(one);
  writeFileSync(join(folder, 'saved_model.pb'), graphOf(one));
  const types = new Map(program.inputs.map(({ name, tensor }) => [name, tensor.dtype]));
  const note = {
    title,
    layer,
    feeds: feeds.map((feed) => Object.fromEntries(Object.entries(feed).map(([name, value]) => [name, bytesOf(value, types.get(name) ?? 'float32')]))),
    shapes: Object.fromEntries(program.inputs.map(({ name, tensor }) => [name, tensor.shape])),
    state: variables.map(({ name }) => base64(Float32Array.from(state.get(name) ?? []))),
    wanted: {
      outputs: wanted.outputs.map((step) => Object.fromEntries(Object.entries(step).map(([name, { data }]) => [name, base64(data)]))),
      state: variables.map(({ name }) => base64(Float64Array.from(wanted.state[name]?.data ?? []))),
    },
  };
  writeFileSync(join(folder, 'case.json'), JSON.stringify(note));
}

const isGood = ({ outputs, state, keras, parameters }: Row): boolean =>
  [outputs, state ?? 0, keras ?? 0].every((difference) => difference <= TOLERANCE) && (parameters ?? 0) === 0;

function report(rows: readonly Row[], versions: string): string {
  const short = (value: number | null) =>
    value === null ? '' : value === 0 ? '0' : value > TOLERANCE ? `**${value.toExponential(0)}**` : value.toExponential(0);
  const lines = rows.map((row) => [row.title, `${row.forward} + ${row.backward}`, ...[row.outputs, row.state, row.keras, row.parameters].map(short)]);
  const head = ['case', 'kernels', 'outputs', 'weights', 'Keras', 'parameters'];
  return `# cuDNN's recurrent kernels, without a card

${new Date().toISOString().slice(0, 10)}, ${versions}, made by \`npm run cudnn\`. **Not yet run on a graphics card**: what is shown here is that the graph is right if cuDNN keeps to its
published formulas. Whether it does, the engine finds out on each card before it uses these kernels (main/trainer/engines/tensorflow/cudnn.ts).

TensorFlow takes each graph in as it was emitted, and infers the shapes that we declare. Then each CudnnRNNV3 and CudnnRNNBackpropV3 is replaced by cuDNN's formulas, whose derivative is
TensorFlow's own, and four steps of training run. *Kernels*: how many of both the graph has; none where a layer does what they cannot. *Outputs*: losses and metrics of all steps, for a single
layer its outputs and derivatives; *weights* after the last step; both against the float64 interpreter, relative to the largest number of a tensor. *Keras*: the same against Keras' own layer.
*Parameters*: the list that the kernel gets, against the one Keras hands to it. At most ${TOLERANCE} is asked, and no difference at all of the parameters.
The single layers' graphs have the fingerprint **${fingerprint()}**; \`npm test\` looks whether it is still theirs.

${rows.filter(isGood).length} of ${rows.length} agree.

${[head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n')}
`;
}

const folder = mkdtempSync(join(tmpdir(), 'netwright-cudnn-'));
try {
  for (const [i, one] of cases().entries()) write(join(folder, String(i).padStart(3, '0')), one);
  const python = process.env['NETWRIGHT_PYTHON'] ?? benchPython(root);
  const { status } = spawnSync(python, [join(import.meta.dirname, 'formulas_side.py'), folder], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`Python's side ended with ${status}.`);
  const { versions, rows } = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as { readonly versions: string; readonly rows: readonly Row[] };
  const text = report(rows, versions);
  writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text);
  process.stdout.write(text);
  process.exitCode = rows.every(isGood) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
