// Writes a program's constants and instructions into a graph whose inputs stand already. Knows no files, inputs or outputs.

import { NetwrightError } from '../../../shared/lib/errors.ts';
import { expanded } from '../../../shared/tensor/expand.ts';
import type { Instruction, Program, Tensor } from '../../../shared/tensor/types.ts';
import { sameShape, sizeOf } from '../../../shared/tensor/types.ts';
import type { GraphWriter } from './graphWriter.ts';
import { convolutionLowerings } from './lower/convolution.ts';
import { elementwiseLowerings } from './lower/elementwise.ts';
import { matMulLowerings } from './lower/matMul.ts';
import { normalizationLowerings } from './lower/normalization.ts';
import { poolingLowerings } from './lower/pooling.ts';
import { reductionLowerings } from './lower/reductions.ts';
import { shapeLowerings } from './lower/shapes.ts';
import type { Lowering } from './lowering.ts';
import { type Region, regionsOf, writeRegion } from './tiles.ts';
import type { Values } from './values.ts';

const lowerings: Readonly<Record<string, Lowering>> = {
  ...elementwiseLowerings,
  ...reductionLowerings,
  ...shapeLowerings,
  ...matMulLowerings,
  ...convolutionLowerings,
  ...poolingLowerings,
  ...normalizationLowerings,
};

/** An equal program of operations that have a spelling here, as far as others can be written in simpler ones. */
export const inSpelledOperations = (program: Program): Program => expanded(program, ({ operation }) => !Object.hasOwn(lowerings, operation));

const isBias = (bias: Tensor, result: Tensor): boolean => bias.shape.length === 1 && bias.shape[0] === result.shape.at(-1);

/** Additions that can be done by the product before them, of a bias or of a whole matrix: the product by its addition, both ways. */
function fusedAdditions(program: Program): ReadonlyMap<Instruction, { readonly bias: Tensor; readonly addition: Instruction }> {
  const uses = new Map<number, number>();
  const use = (tensor: Tensor) => uses.set(tensor.id, (uses.get(tensor.id) ?? 0) + 1);
  for (const { inputs } of program.instructions) inputs.forEach(use);
  for (const { tensor } of [...program.outputs, ...program.updates]) use(tensor);
  /** When each value is there; what goes in and constants are from the beginning. */
  const places = new Map(program.instructions.flatMap(({ outputs }, place) => outputs.map(({ id }) => [id, place] as const)));
  const placeOf = ({ id }: Tensor) => places.get(id) ?? -1;
  const fused = new Map<Instruction, { bias: Tensor; addition: Instruction }>();
  for (const addition of program.instructions) {
    if (addition.operation !== 'add') continue;
    const [left, right] = addition.inputs as [Tensor, Tensor];
    for (const [product, bias] of [[left, right] as const, [right, left] as const]) {
      const maker = program.instructions[placeOf(product)];
      const isMatrix = maker?.operation === 'matMul' && maker.inputs.every(({ shape }) => shape.length === 2);
      const fits = maker?.operation === 'conv2d' || isMatrix ? isBias(bias, product) || (isMatrix && sameShape(bias.shape, product.shape)) : false;
      if (!maker || !fits || uses.get(product.id) !== 1 || placeOf(bias) >= placeOf(product)) continue;
      fused.set(maker, { bias, addition });
      break;
    }
  }
  return fused;
}

/** The large element-wise parts of a program that are worth writing in tiles. */
export const regionsIn = (program: Program): readonly Region[] =>
  regionsOf(program, new Set([...fusedAdditions(program).values()].map(({ addition }) => addition)));

/** The instructions that use a value; null where it is also a result of the program. */
function usersIn({ instructions, outputs, updates }: Program): (tensor: Tensor) => readonly Instruction[] | null {
  const users = new Map<number, Instruction[]>();
  for (const instruction of instructions) for (const { id } of instruction.inputs) users.set(id, [...(users.get(id) ?? []), instruction]);
  const results = new Set([...outputs, ...updates].map(({ tensor }) => tensor.id));
  return ({ id }) => (results.has(id) ? null : (users.get(id) ?? []));
}

function writeConstants({ constants }: Program, graph: GraphWriter, values: Values): void {
  for (const { tensor, value } of constants) {
    const list = typeof value === 'number' ? new Float64Array(sizeOf(tensor.shape)).fill(value) : value;
    values.set(tensor, graph.constant(tensor.dtype, tensor.shape, list));
  }
}

/** How the instructions of one program are written. */
interface Spelling {
  /** Lowerings that take the place of the usual ones. */
  readonly own?: Readonly<Record<string, Lowering>>;
  /** Parts that are written in tiles. */
  readonly regions?: readonly Region[];
}

/** @throws NetwrightError of kind `engine` for an operation without a spelling */
function loweringOf(operation: string, own: Readonly<Record<string, Lowering>>): Lowering {
  const lowering = own[operation] ?? lowerings[operation];
  if (lowering) return lowering;
  throw new NetwrightError({
    kind: 'engine',
    code: 'unsupported-operation',
    where: operation,
    message: `ONNX Runtime has no spelling for the operation “${operation}”.`,
  });
}

/** @throws NetwrightError of kind `engine` for an operation without a spelling */
export function writeInstructions(program: Program, graph: GraphWriter, values: Values, { own = {}, regions = [] }: Spelling = {}): void {
  writeConstants(program, graph, values);
  const fused = fusedAdditions(program);
  const done = new Set([...[...fused.values()].map(({ addition }) => addition), ...regions.flatMap(({ members }) => members)]);
  const ending = new Map(regions.map((region, i) => [region.members.at(-1), { region, prefix: `tile${i}/` }]));
  const usersOf = usersIn(program);
  for (const instruction of program.instructions) {
    const ended = ending.get(instruction);
    if (ended) writeRegion(ended.region, graph, values, ended.prefix);
    if (done.has(instruction)) continue;
    const fusion = fused.get(instruction);
    const outputs = fusion ? fusion.addition.outputs : instruction.outputs;
    const lowering = loweringOf(instruction.operation, own);
    lowering({ graph, values, instruction, inputs: instruction.inputs, outputs, output: outputs[0] as Tensor, bias: fusion?.bias, usersOf });
  }
}
