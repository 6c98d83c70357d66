// The instructions of a tensor program as nodes of a TensorFlow graph. Where its inputs come from and what becomes of its results is the caller's
// business (trainingModel.ts).

import { NetwrightError } from '../../../shared/lib/errors.ts';
import { expanded } from '../../../shared/tensor/expand.ts';
import type { Attributes, Program, ProgramInput, Tensor } from '../../../shared/tensor/types.ts';
import type { GraphWriter } from './graphWriter.ts';
import { convolutionLowerings } from './lower/convolution.ts';
import { elementwiseLowerings } from './lower/elementwise.ts';
import { normalizationLowerings } from './lower/normalization.ts';
import { poolingLowerings } from './lower/pooling.ts';
import { productLowerings } from './lower/products.ts';
import { recurrentLowerings } from './lower/recurrent.ts';
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

/** Operations whose kernel backwards needs what the one forwards has kept: which of their inputs is a result of which operation. */
const links: Readonly<Record<string, { readonly of: string; readonly input: number }>> = {
  batchNormalizeGradient: { of: 'batchNormalize', input: 2 },
  lstmGradient: { of: 'lstm', input: 4 },
};
const isUsualLstm = ({ activation, recurrentActivation }: Attributes): boolean => activation === 'tanh' && recurrentActivation === 'sigmoid';

/** An equal program of operations that have a spelling here, as far as others can be written in simpler ones. */
export function inSpelledOperations(program: Program): Program {
  const makers = new Map(program.instructions.flatMap(({ operation, outputs }) => outputs.map(({ id }) => [id, operation] as const)));
  return expanded(program, ({ operation, inputs, attributes }) => {
    const link = Object.hasOwn(links, operation) ? links[operation] : undefined;
    if (link && makers.get(at(inputs, link.input).id) !== link.of) return true;
    return operation.startsWith('lstm') ? !isUsualLstm(attributes) : !Object.hasOwn(lowerings, operation);
  });
}

/** The nodes that give a program's values. */
export type NodeOf = (tensor: Tensor) => string;

/**
 * Writes a program's constants and instructions.
 * @param inputOf writes the node of an input
 * @throws NetwrightError of kind `engine` for an operation without a spelling
 */
export function emitProgram(graph: GraphWriter, program: Program, inputOf: (input: ProgramInput) => string): NodeOf {
  const names = new Map<number, string>(),
    neighbours = new Map<number, readonly string[]>();
  const nodeOf: NodeOf = ({ id }) => {
    const name = names.get(id);
    if (name === undefined) throw new Error(`Value ${id} is used before it is computed.`);
    return name;
  };
  const beside = ({ id }: Tensor) => neighbours.get(id) ?? [];
  for (const input of program.inputs) names.set(input.tensor.id, inputOf(input));
  for (const { tensor, value } of program.constants)
    names.set(tensor.id, graph.constant(tensor.dtype, tensor.shape, typeof value === 'number' ? { all: value } : value));
  for (const instruction of program.instructions) {
    const lowering = lowerings[instruction.operation];
    if (!lowering) throw unsupported(instruction.operation);
    const { inputs, outputs, attributes } = instruction;
    const written = lowering({ graph, instruction, attributes, inputs, nodes: inputs.map(nodeOf), outputs, output: at(outputs, 0), beside });
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
