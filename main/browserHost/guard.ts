// Who may talk to the server on localhost: binding to 127.0.0.1 alone is no protection, since any web page can send requests there.
// Pure decisions about one request; the server only carries them out.

import { createHash, timingSafeEqual } from 'node:crypto';

export interface RequestFacts {
  readonly method: string;
  /** As sent: path and query. */
  readonly target: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
  readonly upgrade: boolean;
}

export type Decision =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'session' }
  | { readonly kind: 'channel' }
  | { readonly kind: 'refuse'; readonly status: 400 | 401 | 403 | 404 | 405; readonly reason: string };

export const COOKIE = 'netwright';
const SESSION = '/session',
  CHANNEL = '/channel';

/** The path that guards and router both look at; null for anything that could be read in two ways. */
export function normalPath(target: string): string | null {
  const [path = ''] = target.split('?');
  const plain = /^\/[A-Za-z0-9._\-/]*$/.test(path) && !path.includes('//');
  const parts = path.split('/');
  return plain && !parts.includes('..') && !parts.includes('.') ? path : null;
}

/** Compares without telling by its duration how much was right. */
export function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** The value of our cookie, if exactly one was sent. */
function sessionIn(cookie: string | undefined): string | null {
  const values = (cookie ?? '').split(';').flatMap((pair) => {
    const [name, ...rest] = pair.trim().split('=');
    return name === COOKIE ? [rest.join('=')] : [];
  });
  return values.length === 1 ? (values[0] as string) : null;
}

const refuse = (status: 400 | 401 | 403 | 404 | 405, reason: string): Decision => ({ kind: 'refuse', status, reason });

/**
 * What to do with a request.
 * @param address our own, exactly as it must stand in `Host`: `127.0.0.1:4321`
 * @param session the secret that the cookie must hold
 */
export function decide(request: RequestFacts, address: string, session: string): Decision {
  if (request.host !== address) return refuse(403, `This server answers only as ${address}.`);
  const path = normalPath(request.target);
  if (path === null) return refuse(400, 'The address has a form that is not served.');
  const reads = request.method === 'GET' && !request.upgrade;
  if (!reads && request.origin !== `http://${address}`) return refuse(403, 'The request comes from another page.');
  if (request.upgrade) return decideUpgrade(request, path, session);
  if (path === SESSION) return request.method === 'POST' ? { kind: 'session' } : refuse(405, 'Only POST is allowed here.');
  if (path === CHANNEL) return refuse(400, 'Only a WebSocket is served here.');
  return reads ? { kind: 'file', path: path === '/' ? '/index.html' : path } : refuse(405, 'Only GET is allowed here.');
}

function decideUpgrade(request: RequestFacts, path: string, session: string): Decision {
  if (path !== CHANNEL) return refuse(404, 'There is no WebSocket here.');
  const given = sessionIn(request.cookie);
  return given !== null && sameSecret(given, session)
    ? { kind: 'channel' }
    : refuse(401, 'Open the address that Netwright printed: it carries the code that lets this page in.');
}
