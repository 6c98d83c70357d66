// Columns of the data that the session keeps: all rows in one variable, loaded piece by piece; a program is told which rows, and gathers them.

import { type DType, type ProgramInput, sizeOf } from '../../../shared/tensor/types.ts';
import { fed, type Infos } from './fed.ts';
import type { GraphWriter } from './graphWriter.ts';

export interface KeptColumn {
  /** The data input of the programs that takes its rows: `features/image`. */
  readonly name: string;
  readonly rows: number;
  /** Numbers in a row. */
  readonly size: number;
  readonly dtype: DType;
  /** Rows that are loaded at once. */
  readonly piece: number;
}

/** The input of programs and of loading that says which rows. */
export const ROWS = 'rows';
/** The signature that makes room for all columns, before any is loaded. */
export const ROOM = 'room';
/** The input with the numbers of a piece. */
export const VALUES = 'values';
/** The signature that loads a piece of a column. */
export const loadingOf = ({ name }: Pick<KeptColumn, 'name'>): string => `load/${name}`;

/** The variables' handles by column. */
export type ColumnHandles = ReadonlyMap<string, string>;

/** A variable for each column. */
export const columnHandles = (graph: GraphWriter, kept: readonly KeptColumn[]): ColumnHandles =>
  new Map(kept.map(({ name, rows, size, dtype }) => [name, graph.variable(`column/${name}`, [rows, size], dtype)]));

/** What makes room for all columns. */
export function room(graph: GraphWriter, kept: readonly KeptColumn[], handles: ColumnHandles): readonly string[] {
  return kept.map(({ name, rows, size, dtype }) => {
    const empty = graph.typed('Fill', dtype, [graph.integers([rows, size]), graph.constant(dtype, [], [0])], { index_type: { type: 'int32' } });
    return `^${graph.node('AssignVariableOp', [handles.get(name) ?? '', empty], { dtype: { type: dtype } })}`;
  });
}

/** The inputs of the signature that loads a piece, and what it must wait for. */
export function loadPiece(graph: GraphWriter, { name, piece, size, dtype }: KeptColumn, handles: ColumnHandles): readonly [Infos, string] {
  const inputs: Infos = {};
  const rows = fed(graph, inputs, { name: ROWS, tensor: { shape: [piece], dtype: 'int32' } });
  const values = fed(graph, inputs, { name: VALUES, tensor: { shape: [piece, size], dtype } });
  return [inputs, `^${graph.node('ResourceScatterUpdate', [handles.get(name) ?? '', rows, values], { dtype: { type: dtype }, Tindices: { type: 'int32' } })}`];
}

/** The chosen rows of a column in the shape a program wants. */
export function gathered(graph: GraphWriter, handles: ColumnHandles, rows: string, { name, tensor }: ProgramInput): string {
  const chosen = graph.node('ResourceGather', [handles.get(name) ?? '', rows], {
    dtype: { type: tensor.dtype },
    Tindices: { type: 'int32' },
    batch_dims: { int: 0 },
    validate_indices: true,
  });
  return graph.typed('Reshape', tensor.dtype, [chosen, graph.integers(tensor.shape)], { Tshape: { type: 'int32' } });
}

/** Whether a program takes this input from a column: the same kind of numbers, as many in a row. */
export function isKept(kept: readonly KeptColumn[], { name, tensor, role }: ProgramInput): boolean {
  const column = kept.find((one) => one.name === name);
  return role.kind === 'data' && column?.dtype === tensor.dtype && sizeOf(tensor.shape) === column.size * (tensor.shape[0] ?? 0);
}
