// The server on localhost, asked by a plain socket client: only the right Host, Origin, cookie, path and verb pass.

import { request } from 'node:http';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { decide, normalPath } from './guard.ts';
import { type BrowserHost, startBrowserHost } from './server.ts';

let host: BrowserHost;
let folder: string;
let connections = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Netwright</title>');
  await symlink('/etc/hostname', join(folder, 'outside.json'));
  host = await startBrowserHost({ folder, port: 0, connect: () => (connections += 1) });
});
afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}
const ask = (path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const [, port] = host.address.split(':');
    const call = request(
      { host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers: { host: host.address, ...options.headers }, agent: false },
      (response) => {
        let body = '';
        response.on('data', (chunk) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    call.on('error', reject);
    call.end(options.body);
  });
const origin = () => `http://${host.address}`;
const connectWith = (headers: Record<string, string>): Promise<string> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`ws://${host.address}/channel`, { headers });
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('error', ({ message }) => resolve(message));
  });

describe('files', () => {
  it('serves the window with a policy that starts from nothing', async () => {
    const answer = await ask('/');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none';/);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '//index.html',
    '/./index.html',
    '/index.html%00',
    '/\\index.html',
    '/outside.json',
    '/none.js',
    '/index',
  ])('refuses %s', async (path) => {
    expect([400, 404]).toContain((await ask(path)).status);
  });

  it.each(['localhost:80', '127.0.0.1', 'evil.example', '0.0.0.0:80'])('refuses the host %s', async (wrong) => {
    const answer = await ask('/', { headers: { host: wrong } });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain(`answers only as ${host.address}`);
  });
});

describe('the code', () => {
  it('lets one page in, once, and only from our own origin', async () => {
    const body = JSON.stringify({ code: new URL(host.url).hash.slice('#code='.length) });
    expect((await ask('/session', { method: 'POST', body })).status).toBe(403);
    expect((await ask('/session', { method: 'POST', body, headers: { origin: 'http://evil.example' } })).status).toBe(403);
    expect((await ask('/session', { method: 'POST', body: '{"code":"guess"}', headers: { origin: origin() } })).status).toBe(401);
    expect(await connectWith({ origin: origin() })).toContain('401');

    const admitted = await ask('/session', { method: 'POST', body, headers: { origin: origin() } });
    expect(admitted.status).toBe(204);
    const cookie = String(admitted.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect((await ask('/session', { method: 'POST', body, headers: { origin: origin() } })).status).toBe(401);

    const session = cookie.split(';')[0] as string;
    expect(await connectWith({ origin: 'http://evil.example', cookie: session })).toContain('403');
    expect(await connectWith({ origin: origin(), cookie: `${session}x` })).toContain('401');
    expect(await connectWith({ origin: origin(), cookie: session })).toBe('open');
    expect(connections).toBe(1);
  });
});

it('of 2,000 and more combinations of host, origin, cookie, path and verb only the right ones pass', () => {
  const address = '127.0.0.1:4321',
    session = 'secret';
  const hosts = [address, '127.0.0.1', '127.0.0.1:80', 'localhost:4321', 'evil.example', '', undefined];
  const origins = [`http://${address}`, 'http://evil.example', 'null', `https://${address}`, `http://${address}/`, undefined];
  const cookies = ['netwright=secret', 'netwright=', 'netwright=secret; netwright=secret', 'other=secret', undefined];
  const targets = ['/', '/index.html', '/session', '/channel', '/channel/', '/CHANNEL', '/%63hannel', '/../channel'];
  const verbs = [
    ['GET', false],
    ['POST', false],
    ['PUT', false],
    ['OPTIONS', false],
    ['GET', true],
  ] as const;
  let tried = 0;
  for (const host of hosts)
    for (const origin of origins)
      for (const cookie of cookies)
        for (const target of targets)
          for (const [method, upgrade] of verbs) {
            tried += 1;
            const { kind } = decide({ method, target, host, origin, cookie, upgrade }, address, session);
            const ours = host === address,
              own = origin === `http://${address}`;
            if (kind === 'channel') expect(ours && own && upgrade && target === '/channel' && cookie === 'netwright=secret').toBe(true);
            if (kind === 'session') expect(ours && own && method === 'POST' && target === '/session').toBe(true);
            if (kind === 'file') expect(ours && method === 'GET' && !upgrade && normalPath(target) !== null).toBe(true);
          }
  expect(tried).toBeGreaterThanOrEqual(2000);
  expect(
    decide({ method: 'GET', target: '/channel', host: address, origin: `http://${address}`, cookie: 'a=b; netwright=secret', upgrade: true }, address, session)
      .kind,
  ).toBe('channel');
});
