// A program as text, a line for each thing, for debugging and tests. Values are numbered as they appear, whatever their ids.

import type { AttributeValue, Constant, Instruction, Program, Tensor, TensorType } from './types.ts';

/** Constants longer than this are shown by their first values. */
const shownValues = 8;

/** `float32[128, 10]`. */
const printType = ({ dtype, shape }: TensorType): string => `${dtype}[${shape.join(', ')}]`;

/** The whole program; equal programs print equally. */
export function print(program: Program): string {
  const names = new Map<number, string>();
  const define = (tensor: Tensor, name = `%${names.size}`): string => {
    names.set(tensor.id, name);
    return `${name}: ${printType(tensor)}`;
  };
  const use = ({ id }: Tensor): string => names.get(id) ?? `?${id}`;
  return [
    ...program.inputs.map(({ name, tensor, role }) => `input ${define(tensor, `“${name}”`)} ${Object.values(role).join(' ')}`),
    ...program.constants.map(({ tensor, value }) => `constant ${define(tensor)} = ${printValue(value)}`),
    ...program.instructions.map((instruction) => printInstruction(instruction, use, define)),
    ...program.outputs.map(({ name, tensor }) => `output “${name}” = ${use(tensor)}`),
    ...program.updates.map(({ name, tensor }) => `update “${name}” = ${use(tensor)}`),
  ].join('\n');
}

function printInstruction(
  { operation, inputs, outputs, attributes }: Instruction,
  use: (tensor: Tensor) => string,
  define: (tensor: Tensor) => string,
): string {
  const call = `${operation}(${inputs.map(use).join(', ')})${printAttributes(attributes)}`;
  return `${outputs.map((output) => define(output)).join(', ')} = ${call}`;
}

function printAttributes(attributes: Readonly<Record<string, AttributeValue>>): string {
  const entries = Object.entries(attributes).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return entries.length === 0 ? '' : ` {${entries.join(', ')}}`;
}

function printValue(value: Constant['value']): string {
  if (typeof value === 'number') return `${value}`;
  const shown = Array.from(value.slice(0, shownValues)).join(', ');
  return value.length > shownValues ? `[${shown}, … ${value.length} values]` : `[${shown}]`;
}
