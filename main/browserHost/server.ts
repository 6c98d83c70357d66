// The app in a browser: the window's files and one WebSocket on this machine's own address, for the person who started it and nobody else.

import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { WebSocketServer } from 'ws';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { Channel } from '../../shared/protocol/channel.ts';
import { COOKIE, decide, type Decision, type RequestFacts, sameSecret } from './guard.ts';
import { socketChannel } from './socketChannel.ts';
import { staticFile } from './staticFiles.ts';

export interface BrowserHostOptions {
  /** The built window. */
  readonly folder: string;
  /** 0: any free one. */
  readonly port: number;
  /** Called for every window that connects. */
  connect(channel: Channel): void;
}

export interface BrowserHost {
  /** `http://127.0.0.1:4321/#code=…`: works once. */
  readonly url: string;
  readonly address: string;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const MEBIBYTE = 1 << 20;
/** A project with thousands of nodes fits; nothing larger is ever sent. */
const LARGEST_MESSAGE = 64 * MEBIBYTE;

const headers = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

const factsOf = ({ method = '', url = '', headers: sent }: IncomingMessage, upgrade: boolean): RequestFacts => ({
  method,
  target: url,
  host: sent.host,
  origin: sent.origin,
  cookie: sent.cookie,
  upgrade,
});

/** The one-time code and the session it is exchanged for. */
class Admission {
  readonly session = randomBytes(32).toString('base64url');
  private code: string | null = randomBytes(24).toString('base64url');

  get pending(): string {
    return this.code ?? '';
  }
  /** True once, for the right code. */
  exchange(given: string): boolean {
    if (this.code === null || !sameSecret(given, this.code)) return false;
    this.code = null;
    return true;
  }
}

/** The code in a request's body: JSON `{"code": "…"}`; empty for anything else. */
async function codeIn(request: Request): Promise<string> {
  const text = await request.text();
  try {
    const body: unknown = text.length <= 1024 ? JSON.parse(text) : null;
    return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' ? body.code : '';
  } catch {
    return '';
  }
}

function routes(folder: string, admission: Admission, decisionOf: (raw: IncomingMessage) => Decision): Hono<{ Bindings: { incoming: IncomingMessage } }> {
  const app = new Hono<{ Bindings: { incoming: IncomingMessage } }>();
  app.all('*', async (context) => {
    const decision = decisionOf(context.env.incoming);
    if (decision.kind === 'refuse') return context.text(decision.reason, decision.status, headers);
    if (decision.kind === 'session') {
      if (!admission.exchange(await codeIn(context.req.raw)))
        return context.text('This code was used already, or is not the one that Netwright printed.', 401, headers);
      return context.body(null, 204, { ...headers, 'Set-Cookie': `${COOKIE}=${admission.session}; HttpOnly; SameSite=Strict; Path=/` });
    }
    const file = decision.kind === 'file' ? await staticFile(folder, decision.path) : null;
    return file ? context.body(file.body, 200, { ...headers, 'Content-Type': file.type }) : context.text('There is no such file.', 404, headers);
  });
  return app;
}

/** Answers a refused upgrade in plain HTTP and hangs up. */
function refuseUpgrade(socket: Duplex, { status, reason }: Extract<Decision, { kind: 'refuse' }>): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(reason)}\r\nConnection: close\r\n\r\n${reason}`);
}

const listening = (server: ReturnType<typeof createServer>, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new NetwrightError({
              kind: 'work',
              code: 'port-in-use',
              where: `${port}`,
              message: `Port ${port} is in use by another program. Choose another with --port, or leave it out for a free one.`,
            })
          : error,
      ),
    );
    server.listen(port, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
  });

/** Starts serving. @throws NetwrightError when the port is taken */
export async function startBrowserHost({ folder, port, connect }: BrowserHostOptions): Promise<BrowserHost> {
  const admission = new Admission();
  let address = '';
  const app = routes(folder, admission, (raw) => decide(factsOf(raw, false), address, admission.session));
  const listener = getRequestListener(app.fetch);
  const server = createServer((request: IncomingMessage, response: ServerResponse) => void listener(request, response));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  server.on('upgrade', (request, socket, head) => {
    const decision = decide(factsOf(request, true), address, admission.session);
    if (decision.kind === 'refuse') refuseUpgrade(socket, decision);
    else sockets.handleUpgrade(request, socket, head, (webSocket) => connect(socketChannel(webSocket)));
  });
  address = `${LOOPBACK}:${await listening(server, port)}`;
  const close = async () => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address, url: `http://${address}/#code=${admission.pending}`, close };
}
