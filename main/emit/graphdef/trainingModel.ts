// Programs of one network as one SavedModel whose session keeps the state: a signature for each program, one that sets all state, one that reads it.
// Data and scalars are fed; what a program updates is in the session's variables when its outputs come out.

import { randomKey } from '../../../shared/lib/random.ts';
import { type Instruction, type Program, type ProgramInput, type Shape, sizeOf, type Tensor } from '../../../shared/tensor/types.ts';
import { type ColumnHandles, columnHandles, gathered, isKept, type KeptColumn, loadingOf, loadPiece, ROOM, ROWS, room } from './columns.ts';
import { emitProgram, inSpelledOperations, type Kernels, type NodeOf } from './emit.ts';
import { fed, type Infos } from './fed.ts';
import { type FusedUpdate, fusedUpdates } from './fusedUpdates.ts';
import { GraphWriter, type SavedModel } from './graphWriter.ts';
import { at } from './lowering.ts';
import type { Signature, TensorInfo } from './messages.ts';

export interface StateTensor {
  readonly name: string;
  readonly shape: Shape;
}
export interface TrainingModel {
  readonly state: readonly StateTensor[];
  /** By the signature that runs it. */
  readonly programs: Readonly<Record<string, Program>>;
  /** Random inputs are drawn in the graph from this key and the step; without it they are fed. */
  readonly randomKey: number | null;
  /** Columns that the session keeps; all other data is fed. */
  readonly columns?: readonly KeptColumn[];
  /** Which kernels it may use beside those of every device; none if left out. */
  readonly kernels?: Kernels;
}

/** The signatures beside the programs' own; `READ` and `ASSIGN` take state in the order of the model's list, each flat, as `0`, `1`, … */
export const ASSIGN = 'assign';
export const READ = 'read';
/** A signature needs an input; this one is ignored. */
export const UNUSED = 'unused';

type Handles = ReadonlyMap<string, string>;

/** Philox numbers for (key, stream) as key and the step as the high half of the counter: no two steps or streams share any. */
function drawn(graph: GraphWriter, key: number, step: string, { tensor, role }: ProgramInput): string {
  if (role.kind !== 'random') throw new Error('Only random inputs are drawn.');
  const high = graph.node('Cast', [step], { SrcT: { type: 'float32' }, DstT: { type: 'uint64' } });
  const counter = graph.typed('Pack', 'uint64', [graph.scalar(0, 'uint64'), high], { N: { int: 2 }, axis: { int: 0 } });
  const op = role.distribution === 'uniform' ? 'StatelessRandomUniformV2' : 'StatelessRandomNormalV2';
  const inputs = [graph.integers(tensor.shape), graph.constant('uint64', [1], [randomKey(key, role.stream)]), counter, graph.scalar(1, 'int32')];
  return graph.node(op, inputs, { dtype: { type: 'float32' }, Tshape: { type: 'int32' } });
}

/** What the programs of a model share. */
interface Shared {
  readonly graph: GraphWriter;
  readonly handles: Handles;
  readonly kept: readonly KeptColumn[];
  readonly columns: ColumnHandles;
  readonly key: number | null;
  readonly kernels: Kernels | undefined;
}

/** Writes one program and its signature. */
function addProgram({ graph, handles, kept, columns, key, kernels }: Shared, name: string, given: Program): void {
  const program = inSpelledOperations(given, kernels);
  const inputs: Infos = {};
  const reads = new Map<string, string>();
  const read = ({ name: state }: ProgramInput): string => {
    const node = graph.node('ReadVariableOp', [handleOf(handles, state)], { dtype: { type: 'float32' } });
    reads.set(state, node);
    return node;
  };
  const isDrawn = ({ role }: ProgramInput) => key !== null && role.kind === 'random';
  const stepInput = program.inputs.find(({ name: input, role }) => role.kind === 'scalar' && input === 'step');
  const step = stepInput || program.inputs.some(isDrawn) ? fed(graph, inputs, stepInput ?? stepOf(program)) : '';
  const rows = rowsFed(graph, inputs, kept, program);
  const inputOf = (input: ProgramInput): string => {
    if (input === stepInput) return step;
    if (input.role.kind === 'state') return read(input);
    if (isKept(kept, input)) return gathered(graph, columns, rows, input);
    return key !== null && isDrawn(input) ? drawn(graph, key, step, input) : fed(graph, inputs, input);
  };
  const nodeOf = emitProgram(graph, program, inputOf, kernels);
  const done = updates(graph, program, nodeOf, handles, [...reads.values()]);
  const outputs: Infos = Object.fromEntries(
    program.outputs.map(({ name: output, tensor }) => [
      output,
      { node: graph.typed('Identity', tensor.dtype, [nodeOf(tensor), ...done]), dtype: tensor.dtype, shape: tensor.shape },
    ]),
  );
  graph.signature(name, withInput(graph, { inputs, outputs: program.outputs.length > 0 ? outputs : { done: doneInfo(graph, done) } }));
}

/** The numbers of the rows to gather, where a program takes any from a column. */
function rowsFed(graph: GraphWriter, inputs: Infos, kept: readonly KeptColumn[], program: Program): string {
  const first = program.inputs.find((input) => isKept(kept, input));
  return first ? fed(graph, inputs, { name: ROWS, tensor: { shape: first.tensor.shape.slice(0, 1), dtype: 'int32' } }) : '';
}

/** Programs that draw without using the step's number are told it all the same. */
function stepOf(program: Program): ProgramInput {
  const tensor: Tensor = { id: -1, shape: [], dtype: 'float32' };
  if (program.inputs.some(({ name }) => name === 'step')) throw new Error('The step is a scalar.');
  return { name: 'step', tensor, role: { kind: 'scalar' } };
}

/** Stores what the program updates, once everything it reads has been read; gives what an output must wait for. */
function updates(graph: GraphWriter, program: Program, nodeOf: NodeOf, handles: Handles, reads: readonly string[]): readonly string[] {
  // One node that waits for all reads: an edge from every read to every update would be too many.
  const after = reads.length === 0 ? [] : [`^${graph.node('NoOp', reads.map(afterNode))}`];
  const store = (state: string, value: string, order: readonly string[]) =>
    graph.node('AssignVariableOp', [handleOf(handles, state), value, ...order], { dtype: { type: 'float32' } });
  const fused = fusedUpdates(program);
  const users = usersOf(program, fused, nodeOf);
  const inPlace = fused.map(({ op, states, before, inputs }) => {
    const order = [...after, ...states.flatMap((state) => users.get(state) ?? [])];
    const ready = before ? [...order, afterNode(store(states[0] as string, nodeOf(before), order))] : order;
    const values = inputs.map((input) => (typeof input === 'number' ? graph.scalar(input) : nodeOf(input)));
    return graph.float(op, [...states.map((state) => handleOf(handles, state)), ...values, ...ready]);
  });
  const done = new Set(fused.flatMap(({ states }) => states));
  const stored = program.updates.filter(({ name }) => !done.has(name)).map(({ name, tensor }) => store(name, nodeOf(tensor), after));
  const all = [...inPlace, ...stored];
  return all.length === 0 ? [] : [`^${graph.node('NoOp', all.map(afterNode))}`];
}

const afterNode = (node: string): string => `^${node.replace(/:\d+$/, '')}`;

function handleOf(handles: Handles, state: string): string {
  const handle = handles.get(state);
  if (handle === undefined) throw new Error(`The model has no state “${state}”.`);
  return handle;
}

/** What computes with each state: a kernel that changes it in place waits for these, or it would have to copy what they still hold. */
function usersOf(program: Program, fused: readonly FusedUpdate[], nodeOf: NodeOf): ReadonlyMap<string, readonly string[]> {
  const names = new Map(program.inputs.flatMap(({ name, tensor, role }) => (role.kind === 'state' ? [[tensor.id, name] as const] : [])));
  const users = new Map<string, string[]>();
  for (const instruction of neededBeside(program, fused)) {
    for (const { id } of instruction.inputs) {
      const name = names.get(id);
      if (name !== undefined) users.set(name, [...(users.get(name) ?? []), afterNode(nodeOf(at(instruction.outputs, 0)))]);
    }
  }
  return users;
}

const doneInfo = (graph: GraphWriter, done: readonly string[]): TensorInfo => ({
  node: graph.typed('Identity', 'int32', [graph.scalar(0, 'int32'), ...done]),
  dtype: 'int32',
  shape: [],
});

function withInput(graph: GraphWriter, { inputs, outputs }: Signature): Signature {
  if (Object.keys(inputs).length > 0) return { inputs, outputs };
  return { inputs: { [UNUSED]: { node: graph.placeholder('int32', []), dtype: 'int32', shape: [] } }, outputs };
}

/** The instructions that still run where kernels take over these updates. */
function neededBeside(program: Program, fused: readonly FusedUpdate[]): readonly Instruction[] {
  const done = new Set(fused.flatMap(({ states }) => states));
  const roots = [
    ...program.outputs.map(({ tensor }) => tensor),
    ...program.updates.flatMap(({ name, tensor }) => (done.has(name) ? [] : [tensor])),
    ...fused.flatMap(({ before, inputs }) => [before, ...inputs].filter((input) => input !== null && typeof input !== 'number')),
  ];
  const wanted = new Set(roots.map(({ id }) => id));
  const needed = program.instructions.toReversed().filter(({ inputs, outputs }) => {
    const isNeeded = outputs.some(({ id }) => wanted.has(id));
    if (isNeeded) for (const { id } of inputs) wanted.add(id);
    return isNeeded;
  });
  return needed.toReversed();
}

function addState(graph: GraphWriter, state: readonly StateTensor[], handles: Handles): void {
  const inputs: Infos = {},
    outputs: Infos = {};
  const after: string[] = [];
  const flatten = (node: string, shape: Shape) => graph.float('Reshape', [node, graph.integers(shape)], { Tshape: { type: 'int32' } });
  for (const [place, { name, shape }] of state.entries()) {
    const handle = handles.get(name) ?? '';
    const flat = [sizeOf(shape)];
    const node = graph.placeholder('float32', flat);
    inputs[place] = { node, dtype: 'float32', shape: flat };
    // A copy of its own: what is fed belongs to JavaScript, and is given back to it.
    const own = graph.float('DeepCopy', [flatten(node, shape)]);
    after.push(`^${graph.node('AssignVariableOp', [handle, own], { dtype: { type: 'float32' } })}`);
    const value = graph.node('ReadVariableOp', [handle], { dtype: { type: 'float32' } });
    outputs[place] = { node: flatten(value, flat), dtype: 'float32', shape: flat };
  }
  graph.signature(ASSIGN, withInput(graph, { inputs, outputs: { done: doneInfo(graph, after) } }));
  graph.signature(READ, withInput(graph, { inputs: {}, outputs: state.length > 0 ? outputs : { done: doneInfo(graph, []) } }));
}

function addColumns(graph: GraphWriter, kept: readonly KeptColumn[]): ColumnHandles {
  const handles = columnHandles(graph, kept);
  const signature = (name: string, inputs: Infos, after: readonly string[]) =>
    graph.signature(name, withInput(graph, { inputs, outputs: { done: doneInfo(graph, after) } }));
  if (kept.length > 0) signature(ROOM, {}, room(graph, kept, handles));
  for (const column of kept) {
    const [inputs, loaded] = loadPiece(graph, column, handles);
    signature(loadingOf(column), inputs, [loaded]);
  }
  return handles;
}

/** The model's file. @throws NetwrightError of kind `engine` for an operation without a spelling */
export function emitTrainingModel({ state, programs, randomKey: key, columns: kept = [], kernels }: TrainingModel): SavedModel {
  const graph = new GraphWriter();
  const handles = new Map(state.map(({ name, shape }) => [name, graph.variable(name, shape)]));
  addState(graph, state, handles);
  const shared = { graph, handles, kept, columns: addColumns(graph, kept), key, kernels };
  for (const [name, program] of Object.entries(programs)) addProgram(shared, name, program);
  return graph.savedModel();
}
