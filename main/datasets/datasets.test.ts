import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rootFolder } from '../nodeHost.ts';
import { download } from './download.ts';
import { createDatasets } from './index.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'netwright-'))));
afterEach(() => rm(folder, { recursive: true }));

const open = (dataFolders: readonly string[] = []) =>
  createDatasets({ folders: { data: join(folder, 'data'), cache: join(folder, 'cache') }, assets: join(rootFolder(), 'assets'), dataFolders }, () => undefined);

describe('datasets by name', () => {
  it('are listed; what is bundled or computed is there, what must be fetched is not', async () => {
    const states = await open().list();
    expect(Object.fromEntries(states.map(({ id, available }) => [id, available]))).toMatchObject({
      'mnist-sample': true,
      'fashion-mnist-mini': true,
      xor: true,
      sine: true,
      mnist: false,
    });
  });

  it('are prepared as raw files with a fingerprint that stays the same', async () => {
    const datasets = open();
    const first = await datasets.prepare('fashion-mnist-mini');
    expect(first.train.count).toBe(750);
    expect((await readFile(first.train.columns['features/image'] as string)).length).toBe(750 * 784);
    expect((await readFile(first.test.columns['labels/class'] as string)).length).toBe(150);
    expect(await datasets.prepare('fashion-mnist-mini')).toEqual(first);
    expect((await datasets.prepare('xor')).fingerprint).not.toBe(first.fingerprint);
    expect((await readdir(join(folder, 'cache', 'prepared'))).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('are prepared again when a prepared file is damaged', async () => {
    const { train } = await open().prepare('xor');
    const file = train.columns['features/point'] as string;
    await writeFile(file, 'short');
    await open().prepare('xor');
    expect((await readFile(file)).length).toBe(400 * 2 * 4);
  });

  it("of one's own files follow the file", async () => {
    const path = join(folder, 'a.csv');
    await writeFile(path, '1,0\n2,1\n');
    const first = await open().prepare(path);
    await writeFile(path, '1,0\n3,1\n');
    await utimes(path, 1, 1);
    expect((await open().prepare(path)).fingerprint).not.toBe(first.fingerprint);
  });

  it('can be looked at, images as 0 to 1', async () => {
    const { indices, features, labels } = await open().preview('mnist-sample', 'test', 998, 9);
    expect(indices).toEqual([998, 999]);
    expect(features[0]).toHaveLength(784);
    expect(Math.max(...(features[0] as number[]))).toBeLessThanOrEqual(1);
    expect(Math.max(...(features[0] as number[]))).toBeGreaterThan(0.5);
    expect(labels[0]?.[0]).toBeGreaterThanOrEqual(0);
  });

  it('that do not exist are refused with those that do', async () => {
    await expect(open().prepare('cifar')).rejects.toThrow('There is no dataset “cifar”. Built-in ones: mnist-sample, mnist,');
    await expect(open().prepare('/no/such.npz')).rejects.toThrow('There is no file /no/such.npz');
  });

  it('are found in a data folder, in a folder of their name or directly', async () => {
    const source = join(rootFolder(), 'assets', 'datasets', 'fashion-mnist-mini');
    for (const target of ['mnist', '.']) {
      const data = join(folder, `data-${target}`);
      await mkdir(join(data, target), { recursive: true });
      for (const name of (await readdir(source)).filter((one) => one.endsWith('.gz')))
        await writeFile(join(data, target, name), await readFile(join(source, name)));
      expect((await open([data]).prepare('mnist')).descriptor.samples).toEqual({ train: 750, test: 150 });
    }
  });
});

describe('a download', () => {
  let server: Server;
  let address: string;
  const requests: string[] = [];
  const content = Buffer.from('the very bytes');
  const sha256 = createHash('sha256').update(content).digest('hex');
  beforeEach(async () => {
    requests.length = 0;
    server = createServer((request, response) => {
      requests.push(request.url as string);
      if (request.url === '/good') response.setHeader('content-length', gzipSync(content).length).end(gzipSync(content));
      else if (request.url === '/other') response.end('other bytes');
      else if (request.url === '/endless') response.end(Buffer.alloc(10_000));
      else if (request.url === '/silent') response.write('the ');
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
  });
  const get = (...paths: string[]) =>
    download({
      urls: paths.map((path) => (path.startsWith('http') ? path : address + path)),
      to: join(folder, 'file.gz'),
      sha256,
      maximumBytes: 1000,
      patience: 300,
      progress: () => undefined,
    });

  it('tries one mirror after another until the right bytes come', async () => {
    await get('/missing', '/other', '/endless', '/silent', '/good');
    expect(requests).toEqual(['/missing', '/other', '/endless', '/silent', '/good']);
    expect(await readFile(join(folder, 'file.gz'))).toEqual(gzipSync(content));
  });

  it('says what each mirror did, and leaves nothing behind', async () => {
    const error = await get('/missing', '/other', '/endless', '/silent', 'http://127.0.0.1:1/').catch((e: Error) => e);
    expect(error).toMatchObject({ kind: 'data', code: 'download-failed' });
    const { message } = error as Error;
    for (const reason of [
      'answered 404',
      'sent other bytes',
      'sent more than 1000 bytes',
      'sent nothing for 0 seconds',
      'Check the connection, or put the file into a folder and name that folder with NETWRIGHT_DATA',
    ])
      expect(message).toContain(reason);
    expect(await readdir(folder)).toEqual([]);
  });
});
