// The reference interpreter: runs a program in float64 by each operation's own definition. The truth that gradients and engines
// are checked against; made to be right, not fast.

import { createBuilder, operationNamed } from './builder.ts';
import type { NumericArray, Operation } from './operation.ts';
import {
  type Attributes,
  type Constant,
  type DType,
  formatShape,
  type Program,
  type ProgramInput,
  type ProgramOutput,
  sameShape,
  sizeOf,
  type Tensor,
  type TensorType,
} from './types.ts';

export interface Interpretation {
  readonly outputs: Readonly<Record<string, NumericArray>>;
  /** New values of the state inputs. */
  readonly updates: Readonly<Record<string, NumericArray>>;
}
type Values = Map<number, NumericArray>;

/** What a type can hold of a number: floats all of it, whole numbers wrap as in memory. */
const held: Record<DType, (x: number) => number> = {
  float32: (x) => x,
  int32: (x) => x | 0,
  uint8: (x) => x & 255,
  bool: (x) => Number(x !== 0),
};

/** An array of one number, or of a list of them in row-major order. */
export function numericArray(shape: readonly number[], values: number | ArrayLike<number>): NumericArray {
  const data = typeof values === 'number' ? new Float64Array(sizeOf(shape)).fill(values) : Float64Array.from(values);
  if (data.length !== sizeOf(shape)) throw new Error(`${data.length} numbers do not fill ${formatShape(shape)}.`);
  return { shape, data };
}

/** Runs a program. A plain number fills its input's shape. @throws Error for a missing input or one of another shape */
export function interpret(program: Program, inputs: Readonly<Record<string, NumericArray | number>>): Interpretation {
  const values: Values = new Map();
  for (const input of program.inputs) values.set(input.tensor.id, given(input, inputs[input.name]));
  for (const { tensor, value } of program.constants) values.set(tensor.id, constantArray(tensor, value));
  for (const { operation, inputs: from, outputs, attributes } of program.instructions) {
    const results = evaluate(
      operationNamed(operation),
      from,
      from.map((tensor) => readValue(values, tensor)),
      attributes,
      outputs,
    );
    outputs.forEach((output, i) => {
      values.set(output.id, checked(operation, results[i], output));
    });
  }
  const named = (list: readonly ProgramOutput[]) => Object.fromEntries(list.map(({ name, tensor }) => [name, readValue(values, tensor)]));
  return { outputs: named(program.outputs), updates: named(program.updates) };
}

function given({ name, tensor }: ProgramInput, value: NumericArray | number | undefined): NumericArray {
  if (value === undefined) throw new Error(`The program's input “${name}” has no value.`);
  if (typeof value === 'number') return constantArray(tensor, value);
  if (!sameShape(value.shape, tensor.shape))
    throw new Error(`The program's input “${name}” is ${formatShape(tensor.shape)}, but gets ${formatShape(value.shape)}.`);
  return asType(tensor.dtype, value);
}

const constantArray = ({ shape, dtype }: TensorType, value: Constant['value']): NumericArray => asType(dtype, numericArray(shape, value));
const asType = (dtype: DType, { shape, data }: NumericArray): NumericArray => ({ shape, data: dtype === 'float32' ? data : data.map(held[dtype]) });

function readValue(values: Values, tensor: Tensor): NumericArray {
  const value = values.get(tensor.id);
  if (!value) throw new Error(`Value ${tensor.id} is used before it is computed.`);
  return value;
}

function evaluate(
  definition: Operation,
  tensors: readonly Tensor[],
  inputs: readonly NumericArray[],
  attributes: Attributes,
  outputs: readonly TensorType[],
): readonly NumericArray[] {
  return definition.evaluate ? definition.evaluate(inputs, attributes, outputs) : evaluateExpansion(definition, tensors, inputs, attributes);
}

/** Runs one operation. */
export function evaluateOperation(name: string, inputs: readonly (NumericArray & TensorType)[], attributes: Attributes): readonly NumericArray[] {
  const builder = createBuilder({ native: 'all' });
  const parameters = inputs.map(({ shape, dtype }, i) => builder.input(`${i}`, shape, dtype, { kind: 'data' }));
  const results = builder.apply(operationNamed(name), parameters, attributes);
  const { outputs } = interpret(builder.build(results.map((tensor, i) => ({ name: `${i}`, tensor }))), named(inputs));
  return results.map((_, i) => outputs[`${i}`] as NumericArray);
}

const named = (inputs: readonly NumericArray[]): Readonly<Record<string, NumericArray>> => Object.fromEntries(inputs.map((value, i) => [`${i}`, value]));

/** Runs an operation by what it expands to. */
export function evaluateExpansion(
  definition: Operation,
  types: readonly TensorType[],
  inputs: readonly NumericArray[],
  attributes: Attributes,
): readonly NumericArray[] {
  if (!definition.expand) throw new Error(`The operation ${definition.name} has no definition.`);
  const builder = createBuilder();
  const parameters = types.map(({ shape, dtype }, i) => builder.input(`${i}`, shape, dtype, { kind: 'data' }));
  const results = definition.expand(builder, parameters, attributes);
  const program = builder.build(results.map((tensor, i) => ({ name: `${i}`, tensor })));
  const { outputs } = interpret(program, named(inputs));
  return results.map((_, i) => outputs[`${i}`] as NumericArray);
}

function checked(operation: string, result: NumericArray | undefined, { shape, dtype }: TensorType): NumericArray {
  if (!result || result.data.length !== sizeOf(shape))
    throw new Error(`${operation} gave ${result?.data.length ?? 'no'} numbers where its shape rule says ${formatShape(shape)}.`);
  return asType(dtype, { shape, data: result.data });
}
