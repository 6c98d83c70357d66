// Which columns of the data a session keeps itself, and how they get there. The rows of the test part lie behind those of the training part.

import { isKept, type KeptColumn, loadingOf, ROOM, ROWS, VALUES } from '../../../emit/graphdef/columns.ts';
import type { ProgramInput } from '../../../../shared/tensor/types.ts';
import type { ColumnInfo, EngineJob, PartName } from '../engine.ts';
import type { Model } from './model.ts';
import { feedBuffer } from './modelTensor.ts';

const parts = ['train', 'test'] as const satisfies readonly PartName[];
const bytesOf = { uint8: 1, int32: 4, float32: 4 } as const;
/** A piece on its way into the session. */
const PIECE_BYTES = 2 ** 22;

type Data = Pick<EngineJob, 'columns' | 'parts'>;
const rowBytes = ({ size, dtype }: ColumnInfo): number => size * bytesOf[dtype];

/** All columns that are in memory, if the session may keep so many bytes; else none. */
function fitting({ columns, parts: given }: Data, limit: number, pieceBytes: number): readonly KeptColumn[] {
  const rows = parts.reduce((sum, part) => sum + given[part].count, 0);
  const whole = Object.entries(columns).filter(([name]) => parts.every((part) => given[part].count === 0 || given[part].resident(name)));
  const bytes = whole.reduce((sum, [, column]) => sum + rows * rowBytes(column), 0);
  if (rows === 0 || bytes > limit) return [];
  return whole.map(([name, column]) => ({ name, rows, ...column, piece: Math.min(rows, Math.max(1, Math.floor(pieceBytes / rowBytes(column)))) }));
}

export class Columns {
  private readonly parts: Data['parts'];
  readonly kept: readonly KeptColumn[];

  /** @param limit bytes that the session may keep: more is fed batch by batch */
  constructor(data: Data, limit: number, pieceBytes = PIECE_BYTES) {
    this.parts = data.parts;
    this.kept = fitting(data, limit, pieceBytes);
  }

  has(input: ProgramInput): boolean {
    return isKept(this.kept, input);
  }

  /** The place of a part's first row. */
  offset(part: PartName): number {
    return part === 'train' ? 0 : this.parts.train.count;
  }

  /** Fills the variables of a session that has just been opened. */
  load(model: Model): void {
    if (this.kept.length > 0) model.run(ROOM, {});
    for (const column of this.kept) for (const part of parts) this.loadPart(model, column, part);
  }

  /** Piece by piece; the last one repeats its last row. */
  private loadPart(model: Model, column: KeptColumn, part: PartName): void {
    const from = this.parts[part],
      { name, piece, size, dtype } = column;
    const feeds = { [ROWS]: feedBuffer('int32', [piece]), [VALUES]: feedBuffer(dtype, [piece, size]) };
    const offset = this.offset(part);
    for (let first = 0; first < from.count; first += piece) {
      const rows = Int32Array.from({ length: piece }, (_, i) => Math.min(first + i, from.count - 1));
      from.copy(name, rows, feeds[VALUES]?.values as Float32Array);
      feeds[ROWS]?.values.set(rows.map((row) => row + offset));
      model.run(loadingOf(column), feeds);
    }
  }
}
