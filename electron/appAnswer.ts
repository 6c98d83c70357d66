// What the app's own scheme answers: a file of the built window with the policy on it, or nothing. Knows no Electron.

import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { contentSecurityPolicy, isOwnPage } from './policy.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

/** The answer to a request for that address; 404 for other hosts, other verbs, paths that lead out and kinds of files that the app does not have. */
export async function appAnswer(folder: string, address: string, method: string): Promise<Response> {
  const path = method === 'GET' && isOwnPage(address) ? pathOf(address) : null;
  const type = path === null ? undefined : types[extname(path)];
  const content = path === null || type === undefined ? null : await readInside(folder, path);
  return content === null || type === undefined
    ? new Response('Not found', { status: 404, headers })
    : new Response(content, { headers: { ...headers, 'content-type': type } });
}

/** The path as a file's name; null where it is no plain one. */
function pathOf(address: string): string | null {
  try {
    const path = decodeURIComponent(new URL(address).pathname);
    return /[\0\\]|\.\./.test(path) ? null : path === '/' ? '/index.html' : path;
  } catch {
    return null;
  }
}

/** The file's bytes, links resolved; null where there is none or where it lies outside. */
async function readInside(folder: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    return file.startsWith(root + sep) ? new Uint8Array(await readFile(file)) : null;
  } catch {
    return null;
  }
}
