// Keys of measurements: the same for what computes the same way, another for what does not.

import { expect, it } from 'vitest';
import { meaningOf } from './meaning.ts';
import type { Network, NetworkNode } from './network.ts';

const node = (id: string, parameters: Record<string, unknown>): NetworkNode => ({ id, kind: 'dense', name: id, parameters, position: { x: 0, y: 0 } });
const network = (units: number, name = 'a', x = 0): Network => ({
  id: 'n',
  name,
  nodes: [{ ...node('a', { units }), name, position: { x, y: 0 } }],
  edges: [],
  blocks: [{ id: 'b', name, nodes: [node('inner', { units })], edges: [] }],
});
const key = (one: Network): string => JSON.stringify(meaningOf(one));

it('names and places do not matter, parameters do, also those inside blocks', () => {
  expect(key(network(4, 'other', 80))).toBe(key(network(4)));
  expect(key(network(5))).not.toBe(key(network(4)));
  const inside: Network = { ...network(4), blocks: network(5).blocks };
  expect(key(inside)).not.toBe(key(network(4)));
});
