// Writes a program anew, instruction by instruction: each is first offered to the rules, then shared with an equal one if there is
// one, then written. What nothing uses in the end is left out.

import { type Builder, createBuilder, operationNamed } from '../builder.ts';
import type { Operation } from '../operation.ts';
import type { Attributes, Constant, Instruction, Program, Tensor, TensorType } from '../types.ts';
import type { Rules, Scope } from './rule.ts';
import type { SumPlan } from './sums.ts';

/** The program with the rules applied, sums written as planned, and nothing in it that is not used. Inputs stay, used or not. */
export function rewrite(program: Program, rules: Rules, plans: ReadonlyMap<Instruction, SumPlan>): Program {
  const scope = createScope(rules),
    values = new Map<number, Tensor>();
  const lookUp = (tensor: Tensor): Tensor => values.get(tensor.id) ?? missing(tensor);
  for (const { name, tensor, role } of program.inputs) values.set(tensor.id, scope.builder.input(name, tensor.shape, tensor.dtype, role));
  for (const constant of program.constants) values.set(constant.tensor.id, copyConstant(scope, constant));
  for (const instruction of program.instructions) {
    const plan = plans.get(instruction);
    const { operation, inputs, outputs, attributes } = instruction;
    const written = plan ? [plan(scope.builder, lookUp)] : scope.builder.apply(operationNamed(operation), inputs.map(lookUp), attributes);
    outputs.forEach((output, i) => {
      values.set(output.id, written[i] as Tensor);
    });
  }
  const renamed = (list: Program['outputs']) => list.map(({ name, tensor }) => ({ name, tensor: lookUp(tensor) }));
  return withoutUnused(scope.builder.build(renamed(program.outputs), renamed(program.updates)));
}

function missing(tensor: Tensor): never {
  throw new Error(`Value ${tensor.id} is used before it is computed.`);
}

const copyConstant = (scope: Scope, { tensor, value }: Constant): Tensor =>
  typeof value === 'number' ? scope.filled(value, tensor) : scope.builder.constant(value, tensor.shape, tensor.dtype);

/** A builder whose every instruction goes through the rules, with what rules want to know. */
function createScope(rules: Rules): Scope {
  const builder = createBuilder({ native: 'all' });
  const write = builder.apply.bind(builder),
    known = new Map<string, readonly Tensor[]>(),
    numbers = new Map<number, number>();
  const shared = (key: string, make: () => readonly Tensor[]): readonly Tensor[] => {
    const found = known.get(key) ?? make();
    known.set(key, found);
    return found;
  };
  const filled = (value: number, { shape, dtype }: TensorType): Tensor => {
    const key = `${dtype}[${shape}] ${Object.is(value, -0) ? '-0' : value}`;
    return shared(key, () => {
      const tensor = builder.constant(value, shape, dtype);
      numbers.set(tensor.id, value);
      return [tensor];
    })[0] as Tensor;
  };
  const producer = (tensor: Tensor | undefined, operation: string) => {
    const instruction = tensor && builder.producerOf(tensor);
    return instruction?.operation === operation ? instruction : undefined;
  };
  const scope: Scope = { builder, producer, filled, numberIn: (tensor) => (tensor ? numbers.get(tensor.id) : undefined) };
  const apply = (definition: Operation, inputs: readonly Tensor[], attributes: Attributes) =>
    simplified(scope, rules, definition, inputs, attributes) ?? shared(keyOf(definition, inputs, attributes), () => write(definition, inputs, attributes));
  Object.assign(builder, { apply } satisfies Partial<Builder>);
  return scope;
}

function simplified(scope: Scope, rules: Rules, definition: Operation, inputs: readonly Tensor[], attributes: Attributes): readonly Tensor[] | null {
  const own = Object.hasOwn(rules, definition.name) ? rules[definition.name] : undefined;
  if (!own) return null;
  const full = { ...definition.defaults, ...attributes } as Attributes;
  const candidate = { operation: definition.name, inputs, attributes: full, types: definition.infer(inputs, full) };
  for (const rule of own) {
    const result = rule(candidate, scope);
    if (result) return result;
  }
  return null;
}

/** Equal for instructions that compute the same. */
const keyOf = ({ name, defaults }: Operation, inputs: readonly Tensor[], attributes: Attributes): string =>
  `${name} ${inputs.map(({ id }) => id)} ${JSON.stringify(Object.entries({ ...defaults, ...attributes }).sort(([a], [b]) => (a < b ? -1 : 1)))}`;

function withoutUnused(program: Program): Program {
  const used = new Set([...program.outputs, ...program.updates].map(({ tensor }) => tensor.id));
  const kept: Instruction[] = [];
  for (const instruction of [...program.instructions].reverse()) {
    if (!instruction.outputs.some(({ id }) => used.has(id))) continue;
    kept.push(instruction);
    for (const { id } of instruction.inputs) used.add(id);
  }
  return { ...program, constants: program.constants.filter(({ tensor }) => used.has(tensor.id)), instructions: kept.reverse() };
}
