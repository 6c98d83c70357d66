// Whether LSTM and GRU may run in cuDNN's kernels here: a small one of each, forward and backward, is computed by them and by the float64 interpreter, which
// everything is checked against. Only where all numbers agree to what float32 holds are they used; else the same graph is written without them, and a sentence
// says why. How they are called: emit/graphdef/lower/cudnn.ts. No TensorFlow here: it is handed what runs programs.

import { randomKey, uniformAt } from '../../../../shared/lib/random.ts';
import { type Builder, createBuilder } from '../../../../shared/tensor/builder.ts';
import { gradients } from '../../../../shared/tensor/gradient.ts';
import { interpret, numericArray } from '../../../../shared/tensor/interpret.ts';
import type { NumericArray } from '../../../../shared/tensor/operation.ts';
import type { RecurrentInputs } from '../../../../shared/tensor/ops/recurrent.ts';
import { type Program, sizeOf, type Tensor } from '../../../../shared/tensor/types.ts';
import { cudnnVariable } from '../../../files/cardVariables.ts';
import { CudnnNote } from './cudnnNote.ts';

export type CudnnState = { readonly used: true } | { readonly used: false; readonly reason: string };
export type Numbers = Readonly<Record<string, NumericArray>>;
/** Runs programs on the device with cuDNN's kernels; all take the same numbers. Gives the outputs of each. */
export type RunPrograms = (
  programs: Readonly<Record<string, Program>>,
  numbers: Numbers,
) => Promise<Readonly<Record<string, Readonly<Record<string, ArrayLike<number>>>>>>;

export interface Sizes {
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly units: number;
}
/**
 * Of the first, no two sizes are alike, so that none can stand for another. Tensor cores take products only in multiples of 8, and would round their factors
 * (TF32): the second is for them.
 */
const cases: readonly Sizes[] = [
  { batch: 3, steps: 5, features: 4, units: 6 },
  { batch: 32, steps: 3, features: 24, units: 64 },
];
/** float32 beside float64, relative to the largest number of a tensor; with TF32 they are 1e-3 apart. */
const TOLERANCE = 1e-5;

const titles = { lstm: 'LSTM', gru: 'GRU' } as const;
type Layer = keyof typeof titles;

/** What goes into one of the two operations, under Keras' names; its states at first are none of the zeros that most layers start with. */
export function recurrentInputs(builder: Builder, layer: Layer, { batch, steps, features, units }: Sizes): RecurrentInputs {
  const width = (layer === 'lstm' ? 4 : 3) * units;
  const input = (name: string, shape: readonly number[]) => builder.input(name, shape, 'float32', { kind: 'data' });
  return [
    input('x', [batch, steps, features]),
    input('kernel', [features, width]),
    input('recurrentKernel', [units, width]),
    input('bias', layer === 'lstm' ? [width] : [2, width]),
    input('hidden', [batch, units]),
    ...(layer === 'lstm' ? [input('cell', [batch, units])] : []),
  ];
}

/** All outputs of an operation, and if asked for the derivatives of their sum with weights. */
function programOf(layer: Layer, sizes: Sizes, isDifferentiated: boolean): Program {
  const builder = createBuilder(),
    inputs = recurrentInputs(builder, layer, sizes);
  const results = builder[layer](...inputs, {});
  const outputs = results.map((tensor, i) => ({ name: `output ${i}`, tensor }));
  if (!isDifferentiated) return builder.build(outputs);
  const weight = ({ id, shape }: Tensor) => builder.input(`weights/${id}`, shape, 'float32', { kind: 'data' });
  const weighted = results.map((result) => builder.multiply(result, weight(result)));
  const total = weighted.map((x) => builder.reduceSum(x, { axes: x.shape.map((_, axis) => axis) })).reduce((a, b) => builder.add(a, b));
  const slopes = gradients(builder, total, inputs) as readonly Tensor[];
  return builder.build([...outputs, ...slopes.map((tensor, i) => ({ name: `gradient ${i}`, tensor }))]);
}

const numbersOf = ({ inputs }: Program): Numbers =>
  Object.fromEntries(
    inputs.map(({ name, tensor: { shape } }) => {
      const key = randomKey('cudnn', name);
      const values = Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.fround(2 * uniformAt(key, i) - 1));
      return [name, numericArray(shape, values)];
    }),
  );

/** The largest difference, relative to the largest number; no number at all counts as infinitely far. */
function distance(got: ArrayLike<number> | undefined, { data }: NumericArray): number {
  if (got?.length !== data.length) return Number.POSITIVE_INFINITY;
  const worst = data.reduce((most, value, i) => Math.max(most, Math.abs(value - (got[i] as number))), 0);
  return Number.isNaN(worst) ? Number.POSITIVE_INFINITY : worst / data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
}

/** Compares one layer of one size. @throws Error in words where a number is wrong */
async function prove(layer: Layer, sizes: Sizes, run: RunPrograms): Promise<void> {
  const programs = { training: programOf(layer, sizes, true), predicting: programOf(layer, sizes, false) };
  const numbers = numbersOf(programs.training),
    wanted = interpret(programs.training, numbers).outputs;
  for (const [what, outputs] of Object.entries(await run(programs, numbers)))
    for (const { name } of programs[what as keyof typeof programs].outputs) {
      const far = distance(outputs[name], wanted[name] as NumericArray);
      if (!(far <= TOLERANCE)) throw new Error(`${name} of the small ${titles[layer]} is ${far.toPrecision(2)} off the right numbers (${what}).`);
    }
}

/** TensorFlow's errors are long, and name nodes of the graph. */
const inShort = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  const [first = ''] = text.replace(/^Failed to load SavedModel: /, '').split(/ used by \{\{|\n/);
  return `${first.trim().slice(0, 200).replace(/\.$/, '')}.`;
};

async function tried(run: RunPrograms): Promise<CudnnState> {
  try {
    for (const layer of ['lstm', 'gru'] as const) for (const sizes of cases) await prove(layer, sizes, run);
    return { used: true };
  } catch (error) {
    return { used: false, reason: inShort(error) };
  }
}

/**
 * What is known of the kernels, or found out now (less than a second). A refusal is remembered beside the engine for a day, so is a process that ended in the
 * attempt; success is proved anew in every process, since cards and drivers change.
 * @param folder of the installed engine; null: nothing is remembered
 * @param version of TensorFlow
 */
export async function cudnnState(run: RunPrograms, folder: string | null, version: string): Promise<CudnnState> {
  if (process.env[cudnnVariable] === '0') return { used: false, reason: `${cudnnVariable}=0 asks for it.` };
  const note = new CudnnNote(folder, version);
  const known = await note.refusal();
  if (known !== null) return { used: false, reason: known };
  await note.trying();
  const state = await tried(run);
  await note.done(state.used ? null : state.reason);
  return state;
}

/** A sentence for people. */
export const cudnnWords = (state: CudnnState): string =>
  state.used
    ? 'LSTM and GRU run in cuDNN’s kernels; their self-test was right here.'
    : `LSTM and GRU run without cuDNN’s kernels, which is slower and just as right: ${state.reason}`;
