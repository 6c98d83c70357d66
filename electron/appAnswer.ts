// What the app's own scheme answers: a file of the built window with the policy on it, or nothing. Knows no Electron.

import { staticFile } from '../main/browserHost/staticFiles.ts';
import { contentSecurityPolicy, isOwnPage } from './policy.ts';

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
  const file = path === null ? null : await staticFile(folder, path);
  return file === null ? new Response('Not found', { status: 404, headers }) : new Response(file.body, { headers: { ...headers, 'content-type': file.type } });
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
