// The instructions of a tensor program as nodes of a TensorFlow graph. Where its inputs come from and what becomes of its results is the caller's
// business (trainingModel.ts).

import { NetwrightError } from '../../../shared/lib/errors.ts';
import { expanded } from '../../../shared/tensor/expand.ts';
import type { Attributes, Instruction, Program, ProgramInput, Tensor } from '../../../shared/tensor/types.ts';
import type { GraphWriter } from './graphWriter.ts';
import { convolutionLowerings } from './lower/convolution.ts';
import { cudnnLowerings } from './lower/cudnn.ts';
import { elementwiseLowerings } from './lower/elementwise.ts';
import { normalizationLowerings } from './lower/normalization.ts';
import { poolingLowerings } from './lower/pooling.ts';
import { productLowerings } from './lower/products.ts';
import { isQuickerInSteps, recurrentLowerings } from './lower/recurrent.ts';
import { reductionLowerings } from './lower/reductions.ts';
import { shapeLowerings } from './lower/shapes.ts';
import { at, type Lowering } from './lowering.ts';

const lowerings: Readonly<Record<string, Lowering>> = {
  ...elementwiseLowerings,
  ...reductionLowerings,
  ...shapeLowerings,
  ...productLowerings,
  ...convolutionLowerings,
  ...poolingLowerings,
  ...normalizationLowerings,
  ...recurrentLowerings,
};

/** Which kernels a graph is written for. */
export interface Kernels {
  /** Whether cuDNN's recurrent kernels are there and known to compute right: only a graphics card has them. */
  readonly cudnn: boolean;
  /** What they run on. */
  readonly device: 'cpu' | 'gpu';
}
const usual: Kernels = { cudnn: false, device: 'cpu' };
const withCudnn: typeof lowerings = { ...lowerings, ...cudnnLowerings };
const lowered = (operation: string, { cudnn }: Kernels): Lowering | undefined => {
  const known = cudnn ? withCudnn : lowerings;
  return Object.hasOwn(known, operation) ? known[operation] : undefined;
};

/** Operations whose kernel backwards needs what the one forwards has kept: which of their inputs is a result of which operation. */
const links: Readonly<Record<string, { readonly of: string; readonly input: number }>> = {
  batchNormalizeGradient: { of: 'batchNormalize', input: 2 },
  lstmGradient: { of: 'lstm', input: 4 },
  gruGradient: { of: 'gru', input: 4 },
};
/** The value by which an instruction finds what the one forwards has kept. */
function linkOf({ operation, inputs }: Instruction): { readonly of: string; readonly value: Tensor } | null {
  const link = Object.hasOwn(links, operation) ? links[operation] : undefined;
  return link ? { of: link.of, value: at(inputs, link.input) } : null;
}

/** Whether a recurrent operation does only what the kernels for all steps do. */
const isUsual = ({ activation, recurrentActivation, resetAfter }: Attributes): boolean =>
  activation === 'tanh' && recurrentActivation === 'sigmoid' && resetAfter !== false;
const isRecurrent = (operation: string): boolean => /^(lstm|gru)/.test(operation);

/** Whether a program has an operation that cuDNN has kernels for. */
export const asksForCudnn = ({ instructions }: Program): boolean =>
  instructions.some(({ operation, attributes }) => isRecurrent(operation) && isUsual(attributes));

/** An equal program of operations that have a spelling here, as far as others can be written in simpler ones. */
export function inSpelledOperations(program: Program, kernels = usual): Program {
  const makers = new Map(program.instructions.flatMap(({ operation, outputs }) => outputs.map(({ id }) => [id, operation] as const)));
  const walkedBack = new Set<number>();
  return expanded(program, (instruction) => {
    const { operation, attributes } = instruction,
      link = linkOf(instruction);
    if (link && makers.get(link.value.id) !== link.of) return true;
    // cuDNN's kernel backwards may change what the one forwards has kept, so that another could not use it.
    if (link && kernels.cudnn && walkedBack.has(link.value.id)) return true;
    if (link) walkedBack.add(link.value.id);
    if (!lowered(operation, kernels)) return true;
    return isRecurrent(operation) && (!isUsual(attributes) || (kernels.device === 'cpu' && isQuickerInSteps(instruction)));
  });
}

/** The nodes that give a program's values. */
export type NodeOf = (tensor: Tensor) => string;

/**
 * Writes a program's constants and instructions.
 * @param inputOf writes the node of an input
 * @throws NetwrightError of kind `engine` for an operation without a spelling
 */
export function emitProgram(graph: GraphWriter, program: Program, inputOf: (input: ProgramInput) => string, kernels = usual): NodeOf {
  const names = new Map<number, string>(),
    neighbours = new Map<number, readonly string[]>();
  const nodeOf: NodeOf = ({ id }) => {
    const name = names.get(id);
    if (name === undefined) throw new Error(`Value ${id} is used before it is computed.`);
    return name;
  };
  const differentiated = new Set(program.instructions.flatMap((instruction) => linkOf(instruction)?.value.id ?? []));
  const beside = ({ id }: Tensor) => neighbours.get(id) ?? [];
  for (const input of program.inputs) names.set(input.tensor.id, inputOf(input));
  for (const { tensor, value } of program.constants)
    names.set(tensor.id, graph.constant(tensor.dtype, tensor.shape, typeof value === 'number' ? { all: value } : value));
  for (const instruction of program.instructions) {
    const lowering = lowered(instruction.operation, kernels);
    if (!lowering) throw unsupported(instruction.operation);
    const { inputs, outputs, attributes } = instruction;
    const isDifferentiated = outputs.some(({ id }) => differentiated.has(id));
    const written = lowering({ graph, instruction, attributes, inputs, nodes: inputs.map(nodeOf), outputs, output: at(outputs, 0), beside, isDifferentiated });
    const results = typeof written === 'string' ? [written] : written;
    for (const [i, tensor] of outputs.entries()) {
      names.set(tensor.id, at(results, i));
      neighbours.set(tensor.id, results);
    }
  }
  return nodeOf;
}

const unsupported = (operation: string): NetwrightError =>
  new NetwrightError({
    kind: 'engine',
    code: 'unsupported-operation',
    where: operation,
    message: `TensorFlow has no spelling for the operation “${operation}”.`,
  });
