// What the library makes of networks: trunks stay straight, branches stand beside them, a part stays where it is.

import ELK from 'elkjs/lib/elk.bundled.js';
import { expect, test } from 'vitest';
import { type Direction, gridSize } from '../../../shared/network/layout.ts';
import type { Network } from '../../../shared/network/network.ts';
import { templateOf } from '../../../shared/network/templates/index.ts';
import { elkGraph, type Places, placesFrom } from './elkGraph.ts';

const library = new ELK.default();
const network = (id: string) => templateOf(id).create()[0] as Network;
async function layOut(drawn: Network, direction: Direction = 'down', only: ReadonlySet<string> | null = null): Promise<Places> {
  return placesFrom(await library.layout(elkGraph(drawn, direction, only)), drawn, only);
}
const columns = (places: Places, axis: 'x' | 'y' = 'x') => [...new Set(Object.values(places).map((place) => place[axis]))].sort((a, b) => a - b);

test.each(['lenet-5', 'unet', 'transformer-encoder'])('%s is one straight line, a card and a gap apart', async (id) => {
  const drawn = network(id);
  const places = await layOut(drawn);
  expect(columns(places)).toEqual([0]);
  expect(columns(places, 'y')).toEqual(drawn.nodes.map((_, row) => 80 * row));
});

test('the shortcuts of a ResNet stand in one column beside its trunk', async () => {
  expect(columns(await layOut(network('resnet')))).toEqual([0, 320]);
});

test('from left to right', async () => {
  const places = await layOut(network('lenet-5'), 'right');
  expect([columns(places, 'y'), columns(places)]).toEqual([[0], Array.from({ length: 9 }, (_, i) => 340 * i)]);
});

test('no two layers lie on one another, all stand on the grid, and the same comes again', async () => {
  const drawn = network('inception');
  const places = await layOut(drawn);
  expect(new Set(Object.values(places).map(({ x, y }) => `${x} ${y}`)).size).toBe(drawn.nodes.length);
  expect(Object.values(places).every(({ x, y }) => x % gridSize === 0 && y % gridSize === 0)).toBe(true);
  expect(await layOut(drawn)).toEqual(places);
});

test('a part is laid out among itself, its corner stays', async () => {
  const drawn = network('lenet-5');
  const [a, b] = drawn.nodes.slice(2, 4);
  if (!a || !b) return expect.fail('no layers');
  const moved = { ...drawn, nodes: drawn.nodes.map((node) => (node.id === b.id ? { ...node, position: { x: 700, y: 900 } } : node)) };
  expect(await layOut(moved, 'down', new Set([a.id, b.id]))).toEqual({ [a.id]: a.position, [b.id]: { x: a.position.x, y: a.position.y + 80 } });
});

test('a circle is drawn too', async () => {
  const drawn = network('digits');
  const [first, second] = [drawn.nodes[1], drawn.nodes[2]];
  const circle = { ...drawn, edges: [...drawn.edges, { id: 'back', source: second?.id ?? '', target: first?.id ?? '', input: 1 }] };
  expect(Object.keys(await layOut(circle))).toHaveLength(drawn.nodes.length);
});
