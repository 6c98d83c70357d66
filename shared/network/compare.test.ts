// Two networks set against each other.

import { expect, test } from 'vitest';
import { compareNetworks } from './compare.ts';
import type { Network, NetworkNode } from './network.ts';

const node = (id: string, kind: string, name: string, parameters: Record<string, unknown> = {}): NetworkNode => ({
  id,
  kind,
  name,
  parameters,
  position: { x: 0, y: 0 },
});
const chain = (nodes: readonly NetworkNode[]): Network => ({
  id: 'n',
  name: 'N',
  nodes: [...nodes],
  edges: nodes.slice(1).map((one, index) => ({ id: `e${index}`, source: nodes[index]?.id ?? '', target: one.id, input: 0 })),
});
const mlp = chain([node('a', 'input', 'image'), node('b', 'dense', 'hidden', { units: 512, activation: 'relu' }), node('c', 'dense', 'digits', { units: 10 })]);

test('a network does not differ from itself, nor from one laid out otherwise', () => {
  const moved = { ...mlp, nodes: mlp.nodes.map((one) => ({ ...one, position: { x: 500, y: 40 } })) };
  const { added, removed, changed, addedEdges, removedEdges } = compareNetworks(mlp, moved);
  expect([added, removed, [...changed], addedEdges, removedEdges]).toEqual([[], [], [], [], []]);
});

test('a setting left at its default equals the same value set', () => {
  const spelled = chain([
    mlp.nodes[0] as NetworkNode,
    node('b', 'dense', 'hidden', { units: 512, activation: 'relu', useBias: true }),
    mlp.nodes[2] as NetworkNode,
  ]);
  expect(compareNetworks(mlp, spelled).changed.size).toBe(0);
});

test('a variant with a layer put between and units changed says exactly that', () => {
  const variant = chain([
    mlp.nodes[0] as NetworkNode,
    node('b', 'dense', 'hidden', { units: 256, activation: 'relu' }),
    node('d', 'dropout', 'dropout_1', { rate: 0.5 }),
    mlp.nodes[2] as NetworkNode,
  ]);
  const { added, removed, changed, addedEdges, removedEdges } = compareNetworks(mlp, variant);
  expect(added.map(({ name }) => name)).toEqual(['dropout_1']);
  expect(removed).toEqual([]);
  expect([...changed]).toEqual([['b', [{ label: 'Units', before: 512, after: 256 }]]]);
  expect([addedEdges.length, removedEdges.length]).toEqual([2, 1]);
});

test('networks drawn apart are paired by name, and by kind behind a pair', () => {
  const other = chain([
    node('x', 'input', 'image'),
    node('y', 'dense', 'first', { units: 512, activation: 'relu' }),
    node('z', 'dense', 'digits', { units: 10 }),
  ]);
  const { added, removed, changed } = compareNetworks(mlp, other);
  expect([added, removed]).toEqual([[], []]);
  expect([...changed]).toEqual([['y', [{ label: 'Name', before: 'hidden', after: 'first' }]]]);
});
