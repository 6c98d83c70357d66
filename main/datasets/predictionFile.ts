// Predictions as a file: a .csv table with a column for each number, or a .npz with an array for each output.

import { strToU8, zipSync } from 'fflate';
import { atomicWrite } from '../files/atomicWrite.ts';

export interface PredictedOutput {
  readonly name: string;
  /** Samples first. */
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const widthOf = ({ shape }: PredictedOutput): number => shape.slice(1).reduce((product, size) => product * size, 1);

/** `answer` for one number, `answer_0`, `answer_1`, … for several. */
const headOf = (output: PredictedOutput): string[] => {
  const width = widthOf(output);
  return width === 1 ? [output.name] : Array.from({ length: width }, (_, i) => `${output.name}_${i}`);
};

/** A cell that a spreadsheet takes for a formula is quoted as text; so is one that holds a separator. */
const cellOf = (text: string): string => (/^[=+\-@\t]|[",\n]/.test(text) ? `"${/^[=+\-@\t]/.test(text) ? "'" : ''}${text.replaceAll('"', '""')}"` : text);

export function predictionTable(outputs: readonly PredictedOutput[]): string {
  const rows = outputs[0]?.shape[0] ?? 0;
  const lines = [outputs.flatMap(headOf).map(cellOf).join(',')];
  for (let row = 0; row < rows; row++) {
    const values = outputs.flatMap((output) => [...output.data.subarray(row * widthOf(output), (row + 1) * widthOf(output))]);
    lines.push(values.map((value) => String(Number(value.toPrecision(8)))).join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** One array as NumPy has it. Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
function npyOf({ shape, data }: PredictedOutput): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const plain = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`;
  const text = `${plain.padEnd(64 * Math.ceil((plain.length + 11) / 64) - 11)}\n`;
  const head = Uint8Array.of(0x93, ...strToU8('NUMPY'), 1, 0, text.length & 0xff, text.length >> 8);
  return Buffer.concat([head, strToU8(text), new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
}

/** Writes atomically, in the form that the name's ending says. */
export async function writePredictions(path: string, outputs: readonly PredictedOutput[]): Promise<void> {
  if (!path.toLowerCase().endsWith('.npz')) return atomicWrite(path, predictionTable(outputs));
  // The folder of a zip knows no other way: a name of its own for each output.
  const entries = outputs.map(
    (output, i) => [`${outputs.length === 1 ? 'prediction' : output.name.replace(/[/\\]/g, '_') || String(i)}.npy`, npyOf(output)] as const,
  );
  return atomicWrite(path, zipSync(Object.fromEntries(entries), { level: 0 }));
}
