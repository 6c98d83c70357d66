// Predictions as a file: a .csv table with a column for each number, or a .npz with an array for each output. Read from files and written piece by
// piece: memory holds a piece, however many there are.

import { type FileHandle, open } from 'node:fs/promises';
import { atomicWrite } from '../files/atomicWrite.ts';
import { type NumbersFile, pieceBytes, piecesOf, readInto } from './numbersFile.ts';
import { type StoredEntry, storedZip } from './storedZip.ts';

export interface PredictedOutput {
  readonly name: string;
  /** Samples first. */
  readonly shape: readonly number[];
  readonly numbers: NumbersFile;
}

const widthOf = ({ shape }: PredictedOutput): number => shape.slice(1).reduce((product, size) => product * size, 1);

/** `answer` for one number, `answer_0`, `answer_1`, … for several. */
const headOf = (output: PredictedOutput): string[] => {
  const width = widthOf(output);
  return width === 1 ? [output.name] : Array.from({ length: width }, (_, i) => `${output.name}_${i}`);
};

/** A cell that a spreadsheet takes for a formula is quoted as text; so is one that holds a separator. */
const cellOf = (text: string): string => (/^[=+\-@\t]|[",\n]/.test(text) ? `"${/^[=+\-@\t]/.test(text) ? "'" : ''}${text.replaceAll('"', '""')}"` : text);

interface Open {
  readonly file: FileHandle;
  readonly width: number;
  /** Room for the rows of a piece. */
  readonly room: Float32Array;
}

/** Lines of rows that were read, one number after another of one output after another. */
function linesOf(opened: readonly Open[], rows: number): string {
  const lineOf = (row: number) =>
    opened.flatMap(({ width, room }) => Array.from(room.subarray(row * width, (row + 1) * width), (value) => String(Number(value.toPrecision(8)))));
  return Array.from({ length: rows }, (_, row) => `${lineOf(row).join(',')}\n`).join('');
}

/** The lines of a table, some at a time. */
export async function* predictionTable(outputs: readonly PredictedOutput[]): AsyncGenerator<string> {
  const count = outputs[0]?.shape[0] ?? 0;
  yield `${outputs.flatMap(headOf).map(cellOf).join(',')}\n`;
  const step = Math.max(1, Math.min(count, Math.floor(pieceBytes / 4 / Math.max(1, ...outputs.map(widthOf)))));
  const opened: Open[] = [];
  try {
    for (const output of outputs)
      opened.push({ file: await open(output.numbers.path, 'r'), width: widthOf(output), room: new Float32Array(step * widthOf(output)) });
    for (let first = 0; first < count; first += step) {
      const rows = Math.min(step, count - first);
      for (const { file, width, room } of opened) await readInto(file, room.subarray(0, rows * width), first * width);
      yield linesOf(opened, rows);
    }
  } finally {
    for (const { file } of opened) await file.close();
  }
}

/** What stands before an array's numbers. Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
function npyHead(shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const plain = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`;
  const text = `${plain.padEnd(64 * Math.ceil((plain.length + 11) / 64) - 11)}\n`;
  return Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([1, 0, text.length & 0xff, text.length >> 8]), Buffer.from(text)]);
}

function npyOf({ shape, numbers }: PredictedOutput, name: string): StoredEntry {
  const head = npyHead(shape);
  return {
    name: `${name}.npy`,
    size: head.length + 4 * numbers.count,
    async *pieces() {
      yield head;
      for await (const { numbers: piece } of piecesOf(numbers)) yield new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
    },
  };
}

/** The folder of a zip knows no other way: a name of its own for each output. */
const nameOf = ({ name }: PredictedOutput, i: number, count: number): string => (count === 1 ? 'prediction' : name.replace(/[/\\]/g, '_') || String(i));

/** Writes atomically, in the form that the name's ending says. */
export async function writePredictions(path: string, outputs: readonly PredictedOutput[]): Promise<void> {
  if (!path.toLowerCase().endsWith('.npz')) return atomicWrite(path, predictionTable(outputs));
  return atomicWrite(path, storedZip(outputs.map((output, i) => npyOf(output, nameOf(output, i, outputs.length)))));
}
