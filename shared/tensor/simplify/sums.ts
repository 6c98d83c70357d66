// Sums of many products become one product of joined matrices, sums of many column sums one column sum. Recurrent networks need it:
// the derivative by a recurrent weight is one small product per time step, all added up.

import type { Builder } from '../builder.ts';
import { type Instruction, type Program, sameShape, type Tensor } from '../types.ts';

/** A sum worth rewriting: what to write in place of its last addition. */
export type SumPlan = (builder: Builder, lookUp: (tensor: Tensor) => Tensor) => Tensor;

/** From so many terms of a kind on, one large product beats several small ones. */
const enoughTerms = 3;

/** For the last addition of every sum with terms that can be joined: the way to write it. */
export function planSums(program: Program): ReadonlyMap<Instruction, SumPlan> {
  const uses = countUses(program),
    producers = new Map<number, Instruction>();
  for (const instruction of program.instructions) for (const output of instruction.outputs) producers.set(output.id, instruction);
  const usedOnce = (tensor: Tensor, operation: string): Instruction | undefined => {
    const producer = producers.get(tensor.id);
    return uses.get(tensor.id) === 1 && producer?.operation === operation ? producer : undefined;
  };
  const plans = new Map<Instruction, SumPlan>(),
    absorbed = new Set<Instruction>();
  for (const instruction of [...program.instructions].reverse()) {
    if (instruction.operation !== 'add' || absorbed.has(instruction)) continue;
    const groups = grouped(terms(instruction, usedOnce, absorbed), usedOnce);
    if ([...groups.values()].some((group) => group.length >= enoughTerms)) plans.set(instruction, planOf(groups, producers));
  }
  return plans;
}

function countUses({ instructions, outputs, updates }: Program): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  const use = ({ id }: Tensor) => uses.set(id, (uses.get(id) ?? 0) + 1);
  for (const { inputs } of instructions) inputs.forEach(use);
  for (const { tensor } of [...outputs, ...updates]) use(tensor);
  return uses;
}

/** What an addition adds up in the end, looking through additions of the same shape that serve only it. */
function terms(root: Instruction, usedOnce: (tensor: Tensor, operation: string) => Instruction | undefined, absorbed: Set<Instruction>): readonly Tensor[] {
  const shape = root.outputs[0]?.shape ?? [],
    found: Tensor[] = [],
    open = [...root.inputs].reverse();
  for (let tensor = open.pop(); tensor; tensor = open.pop()) {
    const inner = sameShape(tensor.shape, shape) ? usedOnce(tensor, 'add') : undefined;
    if (inner) {
      absorbed.add(inner);
      open.push(...[...inner.inputs].reverse());
    } else found.push(tensor);
  }
  return found;
}

interface Term {
  readonly tensor: Tensor;
  readonly producer?: Instruction;
}
type Groups = ReadonlyMap<string, readonly Term[]>;

/** Terms of a kind that can be joined, by kind; each other one alone. Every term of a sum that is rewritten has the sum's shape or stretches to it. */
function grouped(tensors: readonly Tensor[], usedOnce: (tensor: Tensor, operation: string) => Instruction | undefined): Groups {
  const groups = new Map<string, Term[]>();
  for (const tensor of tensors) {
    const producer = usedOnce(tensor, 'matMul') ?? usedOnce(tensor, 'reduceSum');
    const kind = producer && joinableKind(producer);
    const key = kind ? `${kind} to ${tensor.shape}` : `alone ${groups.size}`;
    const group = groups.get(key);
    const term = { tensor, producer: kind ? producer : undefined };
    if (group) group.push(term);
    else groups.set(key, [term]);
  }
  return groups;
}

/** Terms with equal kinds add up over their first axis alone, so that their inputs can be joined along it; undefined for others. */
function joinableKind({ operation, inputs: [x], attributes }: Instruction): string | undefined {
  if (operation === 'matMul') return attributes.transposeA && !attributes.transposeB && x?.shape.length === 2 ? 'product' : undefined;
  return `${attributes.axes}` === '0' ? `sum ${x?.shape.slice(1)} ${JSON.stringify(attributes)}` : undefined;
}

function planOf(groups: Groups, producers: ReadonlyMap<number, Instruction>): SumPlan {
  return (builder, lookUp) => {
    const written = [...groups.values()].flatMap((group) =>
      group.length >= enoughTerms ? [writeJoined(builder, inOrderOfParts(group, producers), lookUp)] : group.map(({ tensor }) => lookUp(tensor)),
    );
    return written.reduce((sum, term) => builder.add(sum, term));
  };
}

/** One product or sum in place of many, with their inputs joined along the first axis. */
function writeJoined(builder: Builder, group: readonly Instruction[], lookUp: (tensor: Tensor) => Tensor): Tensor {
  const joined = (input: number) => builder.concat(...group.map(({ inputs }) => lookUp(inputs[input] as Tensor)), { axis: 0 });
  const { operation, attributes } = group[0] as Instruction;
  if (operation === 'matMul') return builder.matMul(joined(0), joined(1), { transposeA: true });
  return builder.reduceSum(joined(0), { axes: attributes.axes as readonly number[], keepDims: attributes.keepDims as boolean });
}

/** Terms whose inputs are parts of one split in the order of the parts, so that joining them gives back what was split. */
function inOrderOfParts(group: readonly Term[], producers: ReadonlyMap<number, Instruction>): readonly Instruction[] {
  const instructions = group.flatMap(({ producer }) => producer ?? []);
  for (const input of [1, 0]) {
    const parts = instructions.map(({ inputs }) => partOf(inputs[input], producers));
    if (!parts[0] || parts.some((part) => part?.split !== parts[0]?.split)) continue;
    const index = new Map(instructions.map((instruction, i) => [instruction, parts[i]?.index ?? 0]));
    return [...instructions].sort((a, b) => (index.get(a) ?? 0) - (index.get(b) ?? 0));
  }
  return instructions;
}

function partOf(tensor: Tensor | undefined, producers: ReadonlyMap<number, Instruction>): { split: Instruction; index: number } | undefined {
  const producer = tensor && producers.get(tensor.id);
  if (producer?.operation === 'reshape') return partOf(producer.inputs[0], producers);
  return producer?.operation === 'split' ? { split: producer, index: producer.outputs.findIndex(({ id }) => id === tensor?.id) } : undefined;
}
