// Large values that are only worked on element by element, such as the weights and slots of a wide dense layer in an optimizer's step: a dozen
// passes over hundreds of megabytes are as slow as memory. Here such instructions are found, and written as a Scan over tiles that fit a core's
// second cache, so that memory is passed once. For smaller values what the Scan itself costs would be more than it saves.

import { sameShape, type Instruction, type Program, type Shape, sizeOf, type Tensor } from '../../../shared/tensor/types.ts';
import { GraphWriter } from './graphWriter.ts';
import { elementwiseLowerings } from './lower/elementwise.ts';
import type { Lowering } from './lowering.ts';
import { Values } from './values.ts';

/** From this many elements on (8 MiB, of each value) tiles are worth it. */
const LARGE = 1 << 21;
/** Elements of a tile, at most and at least: some values of it fit a second cache. */
const [MOST, LEAST] = [1 << 16, 1 << 13];
/** Fewer instructions than this pass memory nearly as often in tiles. */
const FEW = 3;

/** Instructions that are written together. */
export interface Region {
  readonly members: readonly Instruction[];
  /** The large values that go in, and those that others use. */
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** [tiles, elements of a tile] */
  readonly shape: Shape;
}

const lowerings: Readonly<Record<string, Lowering>> = elementwiseLowerings;
const onlyOutput = ({ outputs }: Instruction): Tensor => outputs[0] as Tensor;

function tilesOf(size: number): Shape | null {
  for (let tile = MOST; tile >= LEAST; tile--) if (size % tile === 0) return [size / tile, tile];
  return null;
}

/** Whether it treats large floats element by element, beside numbers at most. */
function isCandidate(instruction: Instruction): boolean {
  const result = instruction.outputs[0];
  if (!result || !Object.hasOwn(lowerings, instruction.operation) || sizeOf(result.shape) < LARGE || result.dtype !== 'float32') return false;
  return instruction.inputs.every(({ shape, dtype }) => dtype === 'float32' && (shape.length === 0 || sameShape(shape, result.shape)));
}

/** Candidates that hand values to each other, in the program's order. */
function groupsOf(candidates: readonly Instruction[]): Instruction[][] {
  const groups = new Map<number, Instruction[]>();
  for (const instruction of candidates) {
    const joined = new Set(instruction.inputs.flatMap(({ id }) => groups.get(id) ?? []).map((member) => groups.get(onlyOutput(member).id) as Instruction[]));
    const group = [...[...joined].flat(), instruction];
    for (const member of group) groups.set(onlyOutput(member).id, group);
  }
  return [...new Set(groups.values())];
}

/**
 * The regions of a program. A region is written in the place of its last instruction, so nothing before that may need its results.
 * @param taken instructions that are written in another way
 */
export function regionsOf(program: Program, taken: ReadonlySet<Instruction>): readonly Region[] {
  const places = new Map(program.instructions.map((instruction, place) => [instruction, place]));
  const results = new Set([...program.outputs, ...program.updates].map(({ tensor }) => tensor.id));
  const users = new Map<number, Instruction[]>();
  for (const instruction of program.instructions) for (const { id } of instruction.inputs) users.set(id, [...(users.get(id) ?? []), instruction]);
  const candidates = program.instructions.filter((instruction) => isCandidate(instruction) && !taken.has(instruction));
  return groupsOf(candidates).flatMap((group) => {
    const members = [...group].sort((a, b) => (places.get(a) as number) - (places.get(b) as number));
    const inside = new Set(members),
      made = new Set(members.map((member) => onlyOutput(member).id)),
      last = places.get(members.at(-1) as Instruction) as number;
    const others = ({ id }: Tensor) => (users.get(id) ?? []).filter((user) => !inside.has(user));
    const all = members.map(onlyOutput),
      shape = tilesOf(sizeOf((all[0] as Tensor).shape));
    const isEarly = all.some((tensor) => others(tensor).some((user) => (places.get(user) as number) < last));
    if (!shape || members.length < FEW || isEarly) return [];
    const outside = members.flatMap(({ inputs }) => inputs).filter((input) => input.shape.length > 0 && !made.has(input.id));
    const inputs = [...new Map(outside.map((tensor) => [tensor.id, tensor])).values()];
    return [{ members, inputs, outputs: all.filter((tensor) => results.has(tensor.id) || others(tensor).length > 0), shape }];
  });
}

/** Writes a region; its outputs are there in tiles. @param prefix of the names inside */
export function writeRegion({ members, inputs, outputs, shape }: Region, graph: GraphWriter, values: Values, prefix: string): void {
  const body = new GraphWriter(prefix),
    inner = new Values(body),
    tile = [shape[1] as number];
  for (const [i, tensor] of inputs.entries()) {
    body.input(`${prefix}in/${i}`, 'float32', tile);
    inner.set(tensor, `${prefix}in/${i}`);
  }
  for (const tensor of new Set(members.flatMap((member) => member.inputs))) {
    // A name of its own: what stands outside may be renamed when it becomes a result.
    if (tensor.shape.length === 0)
      inner.set(
        tensor,
        values.once(`number/${tensor.id}`, () => graph.node('Identity', [values.get(tensor)])),
      );
  }
  for (const instruction of members) {
    const lowering = lowerings[instruction.operation] as Lowering;
    lowering({
      graph: body,
      values: inner,
      instruction,
      inputs: instruction.inputs,
      outputs: instruction.outputs,
      output: onlyOutput(instruction),
      usersOf: () => [],
    });
  }
  for (const [i, tensor] of outputs.entries()) body.output(`${prefix}out/${i}`, inner.get(tensor), 'float32', tile);
  const tiled = inputs.map((tensor) => values.inTiles(tensor, shape));
  const results = graph.nodes('Scan', tiled, { body: { graph: body.graph() }, num_scan_inputs: inputs.length }, outputs.length);
  for (const [i, tensor] of outputs.entries()) values.setTiles(tensor, results[i] as string);
}
