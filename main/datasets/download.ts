// One file from the web: tries mirrors in turn, tells progress, gives up on silence, checks what came.

import { createHash } from 'node:crypto';
import { atomicWrite } from '../files/atomicWrite.ts';
import { dataError } from './dataError.ts';
import { unpack } from './idx.ts';

export interface DownloadOptions {
  readonly urls: readonly string[];
  readonly to: string;
  /** Of the unpacked bytes: mirrors pack differently. */
  readonly sha256: string;
  readonly maximumBytes: number;
  /** Milliseconds without a byte after which a mirror is given up. */
  readonly patience: number;
  progress(received: number, total: number | null): void;
}

/** What a person is told of a failed attempt. */
function reasonOf(error: unknown, patience: number): string {
  if (error instanceof Error && error.name === 'AbortError') return `sent nothing for ${Math.round(patience / 1000)} seconds`;
  const cause = (error as { cause?: { code?: string } }).cause?.code;
  return cause ?? (error as Error).message;
}

async function receive(url: string, { maximumBytes, patience, progress }: DownloadOptions): Promise<Uint8Array> {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), patience);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(), patience);
  };
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`answered ${response.status}`);
    const total = Number(response.headers.get('content-length')) || null;
    const pieces: Uint8Array[] = [];
    let received = 0;
    for await (const piece of response.body) {
      heard();
      pieces.push(piece);
      received += piece.length;
      if (received > maximumBytes) throw new Error(`sent more than ${maximumBytes} bytes`);
      progress(received, total);
    }
    return Buffer.concat(pieces);
  } finally {
    clearTimeout(timer);
  }
}

/** Fetches and stores the file. @throws NetwrightError with every mirror's reason */
export async function download(options: DownloadOptions): Promise<void> {
  const reasons: string[] = [];
  for (const url of options.urls) {
    try {
      const bytes = await receive(url, options);
      const found = createHash('sha256')
        .update(await unpack(bytes, url))
        .digest('hex');
      if (found !== options.sha256) throw new Error(`sent other bytes (SHA-256 ${found.slice(0, 12)}…, expected ${options.sha256.slice(0, 12)}…)`);
      return await atomicWrite(options.to, bytes);
    } catch (error) {
      reasons.push(`${new URL(url).host}: ${reasonOf(error, options.patience)}`);
    }
  }
  throw dataError(
    'download-failed',
    options.to,
    `The file could not be downloaded (${reasons.join('; ')}). Check the connection, or put the file into a folder and name that folder with NETWRIGHT_DATA.`,
  );
}
