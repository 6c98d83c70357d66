// What a program needs to hold, from shapes alone: its state, and the most values that are alive at once while it runs in its order.
// Engines hold less where they compute in place or fuse, and more where they keep scratch space: a forecast, never a measurement.

import { expanded } from '../tensor/expand.ts';
import { type Program, sizeOf, type Tensor } from '../tensor/types.ts';

const bytesPerNumber = { float32: 4, int32: 4, uint8: 1, bool: 1 } as const;
const bytesOf = ({ shape, dtype }: Tensor): number => sizeOf(shape) * bytesPerNumber[dtype];

/** In bytes. */
export interface ProgramMemory {
  /** Weights, optimizer slots, moving statistics. */
  readonly state: number;
  /** Of one step: the batch, what layers give and the gradients, where most of it is needed at once. */
  readonly values: number;
}

/** A reshaped value is the same numbers: it lives where its source lives. */
function homesOf({ instructions }: Program): (id: number) => number {
  const homes = new Map<number, number>();
  const home = (id: number): number => homes.get(id) ?? id;
  for (const { operation, inputs, outputs } of instructions) if (operation === 'reshape') homes.set((outputs[0] as Tensor).id, home((inputs[0] as Tensor).id));
  return home;
}

/** After which instruction a value is needed no more; what leaves the program stays to the end. */
function lastUses(program: Program, home: (id: number) => number): ReadonlyMap<number, number> {
  const last = new Map<number, number>();
  program.instructions.forEach(({ inputs, outputs }, at) => {
    for (const { id } of [...outputs, ...inputs]) last.set(home(id), at);
  });
  for (const { tensor } of [...program.outputs, ...program.updates]) last.set(home(tensor.id), program.instructions.length);
  return last;
}

/** Operations over many steps keep what each step gives for the way back, with a kernel of their own or without. */
const inSteps = (program: Program): Program => expanded(program, ({ operation }) => /^(lstm|gru)/.test(operation));

/** What a program holds while it runs. */
export function memoryOf(given: Program): ProgramMemory {
  const program = inSteps(given);
  const home = homesOf(program);
  const last = lastUses(program, home);
  const alive = new Map<number, number>();
  const fed = program.inputs.filter(({ role }) => role.kind !== 'state');
  for (const { tensor } of fed) alive.set(tensor.id, bytesOf(tensor));
  let now = fed.reduce((sum, { tensor }) => sum + bytesOf(tensor), 0);
  let most = now;
  program.instructions.forEach(({ inputs, outputs }, at) => {
    for (const tensor of outputs.filter(({ id }) => home(id) === id)) {
      alive.set(tensor.id, bytesOf(tensor));
      now += bytesOf(tensor);
    }
    most = Math.max(most, now);
    for (const id of new Set([...inputs, ...outputs].map((tensor) => home(tensor.id)))) {
      if (last.get(id) !== at) continue;
      now -= alive.get(id) ?? 0;
      alive.delete(id);
    }
  });
  const state = program.inputs.filter(({ role }) => role.kind === 'state').reduce((sum, { tensor }) => sum + bytesOf(tensor), 0);
  return { state, values: most };
}
