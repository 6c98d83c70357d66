import { expect, test } from 'vitest';
import type { Network, NetworkNote } from '../../../shared/network/network.ts';
import { templateOf } from '../../../shared/network/templates/index.ts';
import { notesAfter } from './notes.ts';

const drawn = templateOf('lenet-5').create()[0] as Network;
const [first, second, third] = drawn.nodes.map(({ id }) => id) as [string, string, string];
const frame: NetworkNote = { id: 'f', kind: 'frame', text: '', position: { x: -20, y: 60 }, size: { width: 304, height: 172 } };
const comment: NetworkNote = { id: 'c', kind: 'comment', text: '', position: { x: -220, y: 80 }, size: { width: 200, height: 80 } };
const network: Network = { ...drawn, notes: [frame, comment] };

test('a frame stands around its layers, a comment beside its layer, wherever they go', () => {
  const places = { [first]: { x: 0, y: 0 }, [second]: { x: 100, y: 300 }, [third]: { x: 440, y: 300 } };
  expect(notesAfter(network, places)).toEqual([
    { ...frame, position: { x: 80, y: 280 }, size: { width: 644, height: 92 } },
    { ...comment, position: { x: -120, y: 300 } },
  ]);
});

test('turned, a comment goes to where there is room', () => {
  expect(notesAfter(network, { [second]: { x: 340, y: 0 } }, 'right')?.[1]?.position).toEqual({ x: 340, y: -100 });
  expect(notesAfter(network, { [second]: { x: 0, y: 160 } }, 'down')?.[1]?.position).toEqual({ x: -220, y: 160 });
});

test('nothing moves where no layer does, and a note without layers stays', () => {
  expect(notesAfter(network, {})).toBeNull();
  expect(notesAfter({ ...network, nodes: [], edges: [] }, {}, 'right')).toBeNull();
});
