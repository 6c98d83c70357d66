// Tensors as bytes in the safetensors format: a length, a JSON header, the numbers. Float32 only. Can carry no code.
// Format: https://github.com/huggingface/safetensors#format. Files of ours name a checksum among their metadata; those from elsewhere have none.

import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { type Shape, sizeOf } from '../../shared/tensor/types.ts';

export interface StoredTensor {
  readonly shape: Shape;
  readonly data: Float32Array;
}
export interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

const maximumHeader = 16 * 1024 * 1024;
const entrySchema = z.object({ dtype: z.string(), shape: z.array(z.int().min(0)).max(16), data_offsets: z.tuple([z.int().min(0), z.int().min(0)]) });
const metadataSchema = z.record(z.string(), z.string());

const bytesOf = (data: Float32Array): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const checksumName = 'netwright.crc32';
/** Over the header as it is without the checksum, and all numbers: eight hexadecimal digits. */
function checksumOf(header: object, numbers: readonly Uint8Array[]): string {
  const sum = numbers.reduce((before, piece) => crc32(piece, before), crc32(JSON.stringify(header)));
  return sum.toString(16).padStart(8, '0');
}

/** The file's pieces, to be written one after another: the numbers are not copied. */
export function encodeSafetensors({ metadata, tensors }: TensorFile): Uint8Array[] {
  const entries: [string, unknown][] = [['__metadata__', metadata]];
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    entries.push([name, { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const numbers = [...tensors.values()].map(({ data }) => bytesOf(data)),
    header = Object.fromEntries(entries);
  const text = Buffer.from(JSON.stringify({ ...header, __metadata__: { ...metadata, [checksumName]: checksumOf(header, numbers) } }));
  // Padded with spaces so that the numbers start on a multiple of eight.
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true);
  return [length, padded, ...numbers];
}

/** Reads a file's bytes. @param where the file's name, for messages @throws NetwrightError of kind `data` */
export function decodeSafetensors(bytes: Uint8Array, where: string): TensorFile {
  const refuse = (code: string, found: string): NetwrightError =>
    new NetwrightError({
      kind: 'data',
      code: `safetensors-${code}`,
      where,
      message: `${where} is not a whole safetensors file: ${found}. Use a complete copy.`,
    });
  if (bytes.length < 8) throw refuse('truncated', `expected at least 8 bytes, found ${bytes.length}`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > maximumHeader) throw refuse('header', `its header claims ${length} bytes, at most ${maximumHeader} are read`);
  if (length > bytes.length - 8) throw refuse('truncated', `its header claims ${length} bytes, ${bytes.length - 8} are there`);
  const { __metadata__: metadata = {}, ...entries } = headerOf(bytes.subarray(8, 8 + length), refuse);
  const given = metadataSchema.safeParse(metadata);
  if (!given.success) throw refuse('header', 'its metadata is not a table of texts');
  const { [checksumName]: checksum, ...own } = given.data,
    numbers = bytes.subarray(8 + length);
  const tensors = tensorsOf(entries, numbers, refuse);
  if (checksum !== undefined && checksum !== checksumOf({ __metadata__: own, ...entries }, [numbers]))
    throw refuse('checksum', 'its bytes do not have the checksum that it names');
  return { metadata: own, tensors };
}

type Refuse = (code: string, found: string) => NetwrightError;

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function headerOf(bytes: Uint8Array, refuse: Refuse): Record<string, unknown> {
  const parsed = parsedOrNull(Buffer.from(bytes).toString('utf8'));
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw refuse('header', 'its header is not a JSON object');
  return parsed as Record<string, unknown>;
}

/** The tensors in the order of their bytes, which must follow each other without gap or overlap to the end. */
function tensorsOf(entries: Record<string, unknown>, data: Uint8Array, refuse: Refuse): Map<string, StoredTensor> {
  const described = Object.entries(entries).map(([name, entry]) => {
    const result = entrySchema.safeParse(entry);
    if (!result.success) throw refuse('header', `its entry “${name}” has no dtype, shape and data_offsets`);
    return [name, result.data] as const;
  });
  described.sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);
  const tensors = new Map<string, StoredTensor>();
  let reached = 0;
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [begin, end],
    },
  ] of described) {
    if (dtype !== 'F32') throw refuse('type', `“${name}” is ${dtype}, expected F32`);
    if (begin !== reached || end < begin || end > data.length)
      throw refuse('offsets', `“${name}” lies at bytes ${begin} to ${end}, expected to start at ${reached} and end by ${data.length}`);
    if (sizeOf(shape) * 4 !== end - begin)
      throw refuse('size', `“${name}” of shape [${shape.join(', ')}] needs ${sizeOf(shape) * 4} bytes, has ${end - begin}`);
    tensors.set(name, { shape, data: new Float32Array(new Uint8Array(data.subarray(begin, end)).buffer) });
    reached = end;
  }
  if (reached !== data.length) throw refuse('offsets', `${data.length - reached} bytes belong to no tensor`);
  return tensors;
}
