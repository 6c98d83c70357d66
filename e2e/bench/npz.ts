// Writes an .npz of unsigned bytes or int32 for Keras to read: a zip of NPY arrays, stored without compression.

import { writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** One array in NPY format 1.0: magic, header padded to 64 bytes, data. */
function npy(shape: readonly number[], data: Uint8Array | Int32Array): Buffer {
  const words = `{'descr': '${data instanceof Int32Array ? '<i4' : '|u1'}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const header = `${words.padEnd(Math.ceil((words.length + 11) / 64) * 64 - 11)}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    length,
    Buffer.from(header, 'latin1'),
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  ]);
}

function localHeader(name: string, body: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt32LE(crc32(body), 14);
  header.writeUInt32LE(body.length, 18);
  header.writeUInt32LE(body.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

function centralHeader(name: string, body: Buffer, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt32LE(crc32(body), 16);
  header.writeUInt32LE(body.length, 20);
  header.writeUInt32LE(body.length, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, Buffer.from(name)]);
}

/** Writes the arrays under their names. */
export function writeNpz(path: string, arrays: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: Uint8Array | Int32Array }>>): void {
  const parts: Buffer[] = [],
    directory: Buffer[] = [];
  let offset = 0;
  for (const [key, { shape, data }] of Object.entries(arrays)) {
    const name = `${key}.npy`,
      body = npy(shape, data),
      local = localHeader(name, body);
    parts.push(local, body);
    directory.push(centralHeader(name, body, offset));
    offset += local.length + body.length;
  }
  const central = Buffer.concat(directory),
    end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  writeFileSync(path, Buffer.concat([...parts, central, end]));
}
