// A text file line by line, in whatever encoding it is: piece by piece, so that memory holds no more than one line.

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { dataError } from './dataError.ts';
import { pieceBytes } from './numbersFile.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(pieceBytes), 0, pieceBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) decoder.decode(piece as Uint8Array, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
}

/** By its mark, else UTF-8 where all of it is, else what Windows wrote before. @throws NetwrightError where it is no text at all */
export async function encodingOf(path: string): Promise<Encoding> {
  const head = await headOf(path);
  const marked = marks.find(([, mark]) => mark.every((byte, i) => head[i] === byte));
  if (marked) return marked[0];
  if (head.includes(0))
    throw dataError('csv-binary', path, `${path} is not a text table: there are zero bytes in it. Save it as text, for example as .csv in UTF-8.`);
  return (await isUtf8(path)) ? 'utf-8' : 'windows-1252';
}

/** All lines, without their ends (\n, \r\n or \r), some at a time. @param tooLong what to throw at a line that is longer than `most` characters */
export async function* linesOf(path: string, encoding: Encoding, most: number, tooLong: (line: number) => Error): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder(encoding);
  let rest = '',
    before = 0;
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes / 4 })) {
    const lines = (rest + decoder.decode(piece as Uint8Array, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    const wrong = lines.findIndex((line) => line.length > most + 1);
    if (wrong >= 0) throw tooLong(before + wrong + 1);
    rest = lines.pop() ?? '';
    before += lines.length;
    yield lines;
  }
  const last = (rest + decoder.decode()).split(/\r\n|\n|\r/);
  yield last.at(-1) === '' ? last.slice(0, -1) : last;
}
