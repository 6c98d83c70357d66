// Operations written in simpler ones, for an engine that has no kernel for them. Composite operations are expanded while a program is built
// (builder.ts); these have a definition of their own and stay until an engine asks.

import { createBuilder, operationNamed } from './builder.ts';
import { simplify } from './simplify.ts';
import type { Instruction, Program, Tensor } from './types.ts';

/** An equal program in which the chosen instructions are replaced by what their operations expand to; the same program where none can be. */
export function expanded(program: Program, chosen: (instruction: Instruction) => boolean): Program {
  const expanding = new Set(program.instructions.filter((instruction) => operationNamed(instruction.operation).expand && chosen(instruction)));
  if (expanding.size === 0) return program;
  const builder = createBuilder({ native: 'all' }),
    values = new Map<number, Tensor>();
  const lookUp = ({ id }: Tensor): Tensor => values.get(id) as Tensor;
  for (const { name, tensor, role } of program.inputs) values.set(tensor.id, builder.input(name, tensor.shape, tensor.dtype, role));
  for (const { tensor, value } of program.constants) values.set(tensor.id, builder.constant(value, tensor.shape, tensor.dtype));
  for (const instruction of program.instructions) {
    const inputs = instruction.inputs.map(lookUp),
      definition = operationNamed(instruction.operation);
    const expand = expanding.has(instruction) ? definition.expand : undefined;
    const written = expand ? expand(builder, inputs, instruction.attributes) : builder.apply(definition, inputs, instruction.attributes);
    for (const [i, output] of instruction.outputs.entries()) values.set(output.id, written[i] as Tensor);
  }
  const renamed = (list: Program['outputs']) => list.map(({ name, tensor }) => ({ name, tensor: lookUp(tensor) }));
  return simplify(builder.build(renamed(program.outputs), renamed(program.updates)));
}
