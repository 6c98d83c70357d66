// Files between the window and the main process, and from the window to the person: sent and fetched in pieces, saved as the browser saves.

import { largestTransfer, pieceBytes } from '../../shared/protocol/transfers.ts';
import type { OfferedFile } from '../../shared/protocol/contract.ts';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { client } from '../state/index.ts';

/** A piece in base64, as the browser itself encodes. */
function encoded(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(piece);
  });
}

const decoded = (piece: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(piece), (letter) => letter.charCodeAt(0));

/** Sends a file. @returns its id there @throws NetwrightError for one that is too large */
export async function send(file: File): Promise<string> {
  if (file.size > largestTransfer)
    throw new NetwrightError({
      kind: 'project',
      code: 'too-large',
      message: `“${file.name}” is larger than ${largestTransfer / 1e6} MB, the most that is read here.`,
      where: file.name,
    });
  const id = await client()['files.announce'](file.name, file.size);
  for (let offset = 0; offset < file.size; offset += pieceBytes) await client()['files.append'](id, await encoded(file.slice(offset, offset + pieceBytes)));
  return id;
}

/** Gets a file that the main process offers. */
export async function fetchOffered({ id, bytes }: OfferedFile): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; offset < bytes; offset += pieceBytes) pieces.push(decoded(await client()['files.read'](id, offset)));
  return new Blob(pieces);
}

/** Saves as the browser does: where the person has said it shall. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
