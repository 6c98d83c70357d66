import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendLayer } from '../../shared/network/compose.ts';
import { applyEdits } from '../../shared/network/edits.ts';
import { expandBlocks } from '../../shared/network/blocks.ts';
import { groupIntoBlock } from '../../shared/network/grouping.ts';
import type { Network } from '../../shared/network/network.ts';
import { definitionOfSaved, placeSaved, savedFrom, savedKind, savedOf } from '../../shared/network/savedBlocks.ts';
import { chain } from '../../shared/network/templates/template.ts';
import { Blocks } from './index.ts';

let folder: string;
let told: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-blocks-'));
  told = [];
});
afterEach(() => rm(folder, { recursive: true }));
const open = () => new Blocks(folder, (event) => void told.push(event));

const plain = chain('n', 'N', [
  ['input', 'in', { shape: [4] }],
  ['dense', 'hidden', { units: 3 }],
  ['dense', 'out'],
]);
const grouped = (network: Network, nodes: readonly string[]) => applyEdits(network, groupIntoBlock(network, nodes, 'Inner').edits).network;
const withBlock = grouped(plain, ['n-2']);
const nested = grouped(withBlock, [withBlock.nodes[1]?.id ?? '', 'n-3']);
const saved = (network: Network) =>
  savedFrom(network, network.nodes.find(({ kind }) => kind === 'block') as Network['nodes'][number]) as NonNullable<ReturnType<typeof savedFrom>>;

test('a block with those inside it is kept, listed again, renamed, removed; windows are told', async () => {
  const { id } = await open().save(saved(nested));
  await open().save(saved(withBlock));
  const { blocks, notice } = await open().list();
  expect([blocks.map((block) => block.blocks.length), notice]).toEqual([[2, 1], null]);
  await open().rename(id, 'Mine');
  expect((await open().list()).blocks[0]?.name).toBe('Mine');
  await open().remove(id);
  expect((await open().list()).blocks.map(({ name }) => name)).toEqual(['Inner']);
  expect(told).toEqual(Array.from({ length: 4 }, () => 'blocks.changed'));
});

test('changes at one time lose none', async () => {
  const library = open();
  await Promise.all([library.save(saved(withBlock)), library.save(saved(nested)), library.save(saved(withBlock))]);
  expect((await library.list()).blocks).toHaveLength(3);
});

test.each([
  ['half a file', '{"version": 1, "blo', /not valid JSON/],
  ['another version', '{"version": 9, "blocks": []}', /version/],
  ['a definition that is missing', JSON.stringify({ version: 1, blocks: [{ ...saved(withBlock), id: 'a', savedAt: '', root: 'zz' }] }), /no definition “zz”/],
])('%s is set aside with a sentence, and the library begins anew', async (_, text, sentence) => {
  await writeFile(join(folder, 'blocks.json'), text);
  const { blocks, notice } = await open().list();
  expect(blocks).toEqual([]);
  expect(notice).toMatch(sentence);
  const [aside = ''] = await readdir(folder);
  expect(aside).toMatch(/^blocks-unreadable-.*\.json$/);
  expect(notice).toContain(aside);
  expect(await readFile(join(folder, aside), 'utf8')).toBe(text);
  expect((await open().list()).notice).toBeNull();
});

test('a block that contains itself is not kept', async () => {
  const block = saved(withBlock);
  const [definition] = block.blocks;
  if (!definition) return expect.fail('no definition');
  const node = { id: 'self', kind: 'block', name: 'self', parameters: { block: definition.id }, position: { x: 0, y: 0 } };
  const circular = { ...block, blocks: [{ ...definition, nodes: [...definition.nodes, node] }] };
  expect(() => open().save(circular)).toThrow('contains itself');
});

test('put into another network it computes the same; twice it is one definition, beside another of its id it is its own', async () => {
  const own = await open().save(saved(nested));
  expect(savedOf(savedKind(own), [own])).toBe(own);
  const start = chain('m', 'M', [['input', 'x', { shape: [9] }]]);
  const put = (network: Network, apart = false) =>
    applyEdits(network, placeSaved(network, own, (drawn, layer) => appendLayer(drawn, layer, drawn.nodes.at(-1)?.id ?? null), apart).edits).network;
  const twice = put(put(start));
  expect(twice.blocks).toEqual(own.blocks);
  expect(expandBlocks(twice).network.nodes.map(({ kind }) => kind)).toEqual(['input', 'dense', 'dense', 'dense', 'dense']);
  const apart = put(put(start), true);
  expect(apart.blocks).toHaveLength(4);
  expect(new Set(apart.nodes.slice(1).map(({ parameters }) => parameters['block'])).size).toBe(2);
  const other = { ...start, blocks: own.blocks.map((block) => ({ ...block, name: 'Other' })) };
  const beside = put(other);
  expect(new Set(beside.blocks?.map(({ id }) => id)).size).toBe(4);
  expect(expandBlocks(beside).network.nodes.map(({ kind }) => kind)).toEqual(['input', 'dense', 'dense']);
  expect(definitionOfSaved(own)?.name).toBe('Inner');
});
