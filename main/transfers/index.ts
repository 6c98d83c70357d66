// Files on their way between a window and this process, in pieces: what a person dropped onto the page comes in, what was made for them goes
// out. Bounded, in a folder of its own that goes when the app ends. Knows nothing of what is in the files.

import { randomUUID } from 'node:crypto';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { OfferedFile } from '../../shared/protocol/contract.ts';
import { largestTransfer, pieceBytes } from '../../shared/protocol/transfers.ts';

/** So many files may be under way at once. */
const mostFiles = 8;

interface UnderWay {
  readonly path: string;
  readonly name: string;
  /** As announced. */
  readonly bytes: number;
  received: number;
}

const refuse = (code: string, where: string, message: string): NetwrightError => new NetwrightError({ kind: 'usage', code, where, message });

export class Transfers {
  private readonly files = new Map<string, UnderWay>();
  private folder: Promise<string> | null = null;

  private async place(name: string): Promise<{ readonly id: string; readonly path: string }> {
    if (this.files.size >= mostFiles) await this.drop(this.files.keys().next().value as string);
    this.folder ??= mkdtemp(join(tmpdir(), 'netwright-transfer-'));
    const id = randomUUID();
    return { id, path: join(await this.folder, `${id}${extname(name).slice(0, 16)}`) };
  }

  private known(id: string): UnderWay {
    const file = this.files.get(id);
    if (file) return file;
    throw refuse('transfer-unknown', id, 'This file is no longer under way. Choose it again.');
  }

  /** A file will come in, of that many bytes. @returns what its pieces are sent to */
  async announce(name: string, bytes: number): Promise<string> {
    if (bytes > largestTransfer)
      throw refuse('transfer-large', name, `“${basename(name)}” has ${bytes} bytes; files of up to ${largestTransfer} are read here.`);
    const { id, path } = await this.place(name);
    await (await open(path, 'wx')).close();
    this.files.set(id, { path, name: basename(name), bytes, received: 0 });
    return id;
  }

  /** The next piece of it, in base64. */
  async append(id: string, piece: string): Promise<void> {
    const file = this.known(id);
    const data = Buffer.from(piece, 'base64');
    if (file.received + data.length > file.bytes) throw refuse('transfer-large', file.name, `More of “${file.name}” came than was announced. Choose it again.`);
    file.received += data.length;
    const handle = await open(file.path, 'a');
    await handle.writeFile(data).finally(() => handle.close());
  }

  /** Hands a file that came in whole to `use`; then it is gone. */
  async use<T>(id: string, use: (path: string, name: string) => Promise<T>): Promise<T> {
    const { path, name, bytes, received } = this.known(id);
    try {
      if (received !== bytes) throw refuse('transfer-torn', name, `Only ${received} of ${bytes} bytes of “${name}” arrived. Choose it again.`);
      return await use(path, name);
    } finally {
      await this.drop(id);
    }
  }

  /** Makes a file that the window can fetch. @param write writes it to the path */
  async offer<T>(name: string, write: (path: string) => Promise<T>): Promise<{ readonly file: OfferedFile; readonly written: T }> {
    const { id, path } = await this.place(name);
    const written = await write(path);
    const { size: bytes } = await stat(path);
    this.files.set(id, { path, name, bytes, received: bytes });
    return { file: { id, name, bytes }, written };
  }

  /** A piece of an offered file, in base64; with the last one it is gone. */
  async read(id: string, offset: number): Promise<string> {
    const { path, bytes } = this.known(id);
    const handle = await open(path, 'r');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(pieceBytes), 0, pieceBytes, offset).finally(() => handle.close());
    if (offset + bytesRead >= bytes) await this.drop(id);
    return buffer.subarray(0, bytesRead).toString('base64');
  }

  private async drop(id: string): Promise<void> {
    const file = this.files.get(id);
    this.files.delete(id);
    if (file) await rm(file.path, { force: true });
  }

  /** Nothing is left of what was under way. */
  async close(): Promise<void> {
    this.files.clear();
    if (this.folder) await rm(await this.folder, { recursive: true, force: true });
  }
}
