// Which file of the built renderer an address of the app's scheme means, and how it is served. Knows no Electron.

import { extname, join, normalize, sep } from 'node:path';
import { contentSecurityPolicy, isOwnPage } from './policy.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.map': 'application/json; charset=utf-8',
};

/** The file inside `folder`; null for other hosts, for paths that lead out, and for kinds of files that the app does not have. */
export function appFile(address: string, folder: string): string | null {
  if (!isOwnPage(address)) return null;
  const path = decode(new URL(address).pathname);
  if (path === null || /[\0\\]/.test(path)) return null;
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  return file.startsWith(normalize(folder + sep)) && extname(file) in types ? file : null;
}

/** Headers for that file. */
export function headersFor(file: string): Record<string, string> {
  return {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  };
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
