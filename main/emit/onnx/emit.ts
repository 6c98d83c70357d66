// A tensor program as one ONNX model. State comes in under its name and goes out under `next/` and its name; everything else keeps its name.

import { NetwrightError } from '../../../shared/lib/errors.ts';
import type { Instruction, Program, Tensor } from '../../../shared/tensor/types.ts';
import { sizeOf } from '../../../shared/tensor/types.ts';
import { GraphWriter } from './graphWriter.ts';
import { convolutionLowerings } from './lower/convolution.ts';
import { elementwiseLowerings } from './lower/elementwise.ts';
import { matMulLowerings } from './lower/matMul.ts';
import { poolingLowerings } from './lower/pooling.ts';
import { reductionLowerings } from './lower/reductions.ts';
import { shapeLowerings } from './lower/shapes.ts';
import type { Lowering } from './lowering.ts';
import { Values } from './values.ts';

const lowerings: Readonly<Record<string, Lowering>> = {
  ...elementwiseLowerings,
  ...reductionLowerings,
  ...shapeLowerings,
  ...matMulLowerings,
  ...convolutionLowerings,
  ...poolingLowerings,
};
/** Names a graph gives to the values of state after a step. */
export const nextName = (state: string): string => `next/${state}`;

const isBias = (bias: Tensor, result: Tensor): boolean => bias.shape.length === 1 && bias.shape[0] === result.shape.at(-1);

/** Additions of a bias that can be done by the product before them: the product by its addition, both ways. */
function fusedBiases(program: Program): ReadonlyMap<Instruction, { readonly bias: Tensor; readonly addition: Instruction }> {
  const uses = new Map<number, number>();
  const use = (tensor: Tensor) => uses.set(tensor.id, (uses.get(tensor.id) ?? 0) + 1);
  for (const { inputs } of program.instructions) inputs.forEach(use);
  for (const { tensor } of [...program.outputs, ...program.updates]) use(tensor);
  const known = new Set([...program.inputs, ...program.constants].map(({ tensor }) => tensor.id));
  const makers = new Map(program.instructions.map((instruction) => [instruction.outputs[0]?.id, instruction]));
  const fused = new Map<Instruction, { bias: Tensor; addition: Instruction }>();
  for (const addition of program.instructions) {
    if (addition.operation !== 'add') continue;
    const [a, b] = addition.inputs;
    const maker = a && makers.get(a.id);
    const fits = maker && (maker.operation === 'conv2d' || (maker.operation === 'matMul' && maker.inputs.every(({ shape }) => shape.length === 2)));
    if (a && b && fits && uses.get(a.id) === 1 && known.has(b.id) && isBias(b, a)) fused.set(maker, { bias: b, addition });
  }
  return fused;
}

function emitInstructions(program: Program, graph: GraphWriter, values: Values): void {
  const fused = fusedBiases(program);
  const done = new Set([...fused.values()].map(({ addition }) => addition));
  for (const instruction of program.instructions) {
    if (done.has(instruction)) continue;
    const lowering = lowerings[instruction.operation];
    if (!lowering)
      throw new NetwrightError({
        kind: 'engine',
        code: 'unsupported-operation',
        where: instruction.operation,
        message: `ONNX Runtime has no spelling for the operation “${instruction.operation}”.`,
      });
    const fusion = fused.get(instruction);
    const outputs = fusion ? fusion.addition.outputs : instruction.outputs;
    lowering({ graph, values, instruction, inputs: instruction.inputs, outputs, output: outputs[0] as Tensor, bias: fusion?.bias });
  }
}

/** The model file of a program. @throws NetwrightError of kind `engine` for an operation without a spelling */
export function emitOnnx(program: Program): Uint8Array {
  const graph = new GraphWriter();
  const values = new Values(graph);
  for (const { name, tensor } of program.inputs) {
    graph.input(name, tensor.dtype, tensor.shape);
    values.set(tensor, name);
  }
  for (const { tensor, value } of program.constants) {
    const list = typeof value === 'number' ? new Float64Array(sizeOf(tensor.shape)).fill(value) : value;
    values.set(tensor, graph.constant(tensor.dtype, tensor.shape, list));
  }
  emitInstructions(program, graph, values);
  for (const { name, tensor } of program.outputs) graph.output(name, values.get(tensor), tensor.dtype, tensor.shape);
  for (const { name, tensor } of program.updates) graph.output(nextName(name), values.get(tensor), tensor.dtype, tensor.shape);
  return graph.model();
}
