// A zip file whose entries are stored as they are, written piece by piece: memory holds a piece, whatever the size. Above 4 GB as ZIP64.
// Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT

import { crc32 } from 'node:zlib';

export interface StoredEntry {
  readonly name: string;
  readonly size: number;
  /** Its bytes; asked for twice, since the checksum stands before them. */
  pieces(): AsyncIterable<Uint8Array>;
}

const FULL = 0xffffffff;
const UTF8 = 0x800;
/** The first day that a zip file can name: the same numbers give the same bytes. */
const DAY = 0x21;

type Field = readonly [bytes: 2 | 4 | 8, value: number];
const [two, four, eight] = ([2, 4, 8] as const).map(
  (bytes) =>
    (value: number): Field => [bytes, value],
) as [(value: number) => Field, (value: number) => Field, (value: number) => Field];

function record(...fields: readonly Field[]): Buffer {
  const into = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 8) into.writeBigUInt64LE(BigInt(value), at);
    else into.writeUIntLE(value, at, bytes);
    at += bytes;
  }
  return into;
}

/** Numbers that do not fit into four bytes stand in a field of their own, behind the name. */
function large(values: readonly number[]): Buffer {
  const over = values.filter((value) => value >= FULL);
  return over.length === 0 ? Buffer.alloc(0) : record(two(1), two(8 * over.length), ...over.map(eight));
}
const small = (value: number): number => Math.min(value, FULL);

interface Placed {
  readonly name: Buffer;
  readonly size: number;
  readonly sum: number;
  readonly offset: number;
}

/** What a local header and the folder's entry have in common. */
const common = ({ name, size, sum }: Placed, extra: Buffer): Field[] => [
  ...[two(extra.length > 0 ? 45 : 20), two(UTF8), two(0), two(0), two(DAY)],
  ...[four(sum), four(small(size)), four(small(size)), two(name.length), two(extra.length)],
];

function localHeader(entry: Placed): Buffer {
  const extra = large([entry.size, entry.size]);
  return Buffer.concat([record(four(0x04034b50), ...common(entry, extra)), entry.name, extra]);
}

function folderEntry(entry: Placed): Buffer {
  const extra = large([entry.size, entry.size, entry.offset]);
  const head = record(four(0x02014b50), two(45), ...common(entry, extra), two(0), two(0), two(0), four(0), four(small(entry.offset)));
  return Buffer.concat([head, entry.name, extra]);
}

function end(count: number, size: number, offset: number): Buffer {
  const isLarge = offset + size >= FULL;
  const wide = record(four(0x06064b50), eight(44), two(45), two(45), four(0), four(0), eight(count), eight(count), eight(size), eight(offset));
  const locator = record(four(0x07064b50), four(0), eight(offset + size), four(1));
  const plain = record(four(0x06054b50), two(0), two(0), two(count), two(count), four(small(size)), four(small(offset)), two(0));
  return Buffer.concat(isLarge ? [wide, locator, plain] : [plain]);
}

async function checksum(pieces: AsyncIterable<Uint8Array>): Promise<number> {
  let sum = 0;
  for await (const piece of pieces) sum = crc32(piece, sum);
  return sum;
}

/** The bytes of an archive of at most 65,535 entries. */
export async function* storedZip(entries: readonly StoredEntry[]): AsyncGenerator<Uint8Array> {
  const placed: Placed[] = [];
  let offset = 0;
  for (const { name, size, pieces } of entries) {
    const entry = { name: Buffer.from(name), size, sum: await checksum(pieces()), offset };
    const header = localHeader(entry);
    yield header;
    yield* pieces();
    placed.push(entry);
    offset += header.length + size;
  }
  const folder = Buffer.concat(placed.map(folderEntry));
  yield folder;
  yield end(placed.length, folder.length, offset);
}
