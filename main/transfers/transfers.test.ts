import { readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { pieceBytes } from '../../shared/protocol/transfers.ts';
import { Transfers } from './index.ts';

let transfers = new Transfers();
afterEach(async () => {
  await transfers.close();
  transfers = new Transfers();
});
const base64 = (text: string): string => Buffer.from(text).toString('base64');

test('a file comes in piece by piece, is used once and is gone', async () => {
  const id = await transfers.announce('../digits.keras', 11);
  await transfers.append(id, base64('hello '));
  await transfers.append(id, base64('world'));
  const [path, name, text] = await transfers.use(id, async (where, called) => [where, called, await readFile(where, 'utf8')]);
  expect([name, text]).toEqual(['digits.keras', 'hello world']);
  expect(path).toMatch(/\.keras$/);
  expect(existsSync(path as string)).toBe(false);
  await expect(transfers.use(id, async () => null)).rejects.toMatchObject({ code: 'transfer-unknown' });
});

test('what did not arrive whole is not used', async () => {
  const id = await transfers.announce('half.h5', 10);
  await transfers.append(id, base64('12345'));
  await expect(transfers.use(id, async () => 'used')).rejects.toMatchObject({
    code: 'transfer-torn',
    message: expect.stringContaining('5 of 10 bytes of “half.h5”'),
  });
});

test('more than announced, and more than is read here, are refused', async () => {
  const id = await transfers.announce('a.h5', 3);
  await expect(transfers.append(id, base64('1234'))).rejects.toMatchObject({ code: 'transfer-large' });
  await expect(transfers.announce('b.h5', 2e9)).rejects.toMatchObject({ code: 'transfer-large' });
});

test('an offered file is fetched in pieces and gone with the last', async () => {
  const content = Buffer.alloc(pieceBytes + 3, 'x');
  const { file, written } = await transfers.offer('net.keras', (path) => writeFile(path, content).then(() => 'done')),
    { id, name, bytes } = file;
  expect(written).toBe('done');
  expect([name, bytes]).toEqual(['net.keras', pieceBytes + 3]);
  const pieces = [await transfers.read(id, 0), await transfers.read(id, pieceBytes)].map((piece) => Buffer.from(piece, 'base64'));
  expect(Buffer.concat(pieces).equals(content)).toBe(true);
  await expect(transfers.read(id, 0)).rejects.toMatchObject({ code: 'transfer-unknown' });
});

test('the oldest of too many makes room, and nothing is left at the end', async () => {
  const ids = [];
  for (let i = 0; i < 9; i++) ids.push(await transfers.announce(`${i}.h5`, 0));
  await expect(transfers.append(ids[0] as string, '')).rejects.toMatchObject({ code: 'transfer-unknown' });
  const folder = await transfers.use(ids[8] as string, async (path) => dirname(path));
  await transfers.close();
  expect(existsSync(folder)).toBe(false);
});
