// Aligning and distributing layers; and what is drawn beside a network.

import { expect, test } from 'vitest';
import { align, distribute } from './arrange.ts';
import { applyEdit, type Edit } from './edits.ts';
import type { Network } from './network.ts';

const at = (id: string, x: number, y: number) => ({ id, kind: 'dense', name: id, parameters: {}, position: { x, y } });
const network: Network = {
  id: 'n',
  name: 'N',
  nodes: [at('a', 0, 0), at('b', 120, 100), at('c', 40, 600)],
  edges: [
    { id: 'e', source: 'a', target: 'b', input: 0 },
    { id: 'f', source: 'b', target: 'c', input: 0 },
  ],
};
const all = ['a', 'b', 'c'];
const places = (edit: Edit | null, axis: 'x' | 'y') => (edit ? applyEdit(network, edit).network : network).nodes.map(({ position }) => position[axis]);

test('layers line up at an edge or in the middle', () => {
  expect(places(align(network, all, 'left'), 'x')).toEqual([0, 0, 0]);
  expect(places(align(network, all, 'right'), 'x')).toEqual([120, 120, 120]);
  expect(places(align(network, all, 'middle'), 'y')).toEqual([300, 300, 300]);
  expect(align(network, ['a'], 'left')).toBeNull();
});
test('gaps become equal, the outermost staying, and never so small that layers lie on one another', () => {
  expect(places(distribute(network, all, 'y'), 'y')).toEqual([0, 300, 600]);
  const [a, c, b] = places(distribute(network, all, 'x'), 'x') as [number, number, number];
  expect(b - a).toBe(280);
  expect(c - b).toBe(280);
});
test('notes and direction are set and taken out exactly', () => {
  const note = { id: 'm', kind: 'comment' as const, text: 'Why', position: { x: 0, y: 0 }, size: { width: 200, height: 100 } };
  const first = applyEdit(network, { type: 'setNetwork', properties: { notes: [note], direction: 'right' } });
  expect(first.network.notes).toEqual([note]);
  const back = applyEdit(first.network, first.inverse[0] as Edit);
  expect(JSON.stringify(back.network)).toBe(JSON.stringify(network));
});
