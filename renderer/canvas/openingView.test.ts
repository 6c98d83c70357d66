// A network opens where it begins, large enough to be read.

import { expect, test } from 'vitest';
import { nodeSize } from '../../shared/network/layout.ts';
import { openingView } from './openingView.ts';

const room = { width: 836, height: 742 };
const column = (count: number, x = 0) => Array.from({ length: count }, (_, row) => ({ position: { x, y: row * 80 }, ...nodeSize }));

test('a network that can be read whole is shown whole, in the middle', () => {
  const view = openingView(column(4), room, false);
  expect(view).toMatchObject({ zoom: 1, x: (room.width - nodeSize.width) / 2 });
});
test('a tall one begins at its first layer, at which all can be read', () => {
  expect(openingView(column(40), room, false)).toMatchObject({ zoom: 0.8, y: 56 });
});
test('one that is tall and wide is never smaller than half, and its start is seen', () => {
  const view = openingView([...column(40, 3000), ...column(40, 0).slice(10)], room, false);
  expect(view?.zoom).toBe(0.5);
  const left = 3000 * 0.5 + (view?.x ?? 0);
  expect(left).toBeGreaterThan(0);
  expect(left + nodeSize.width * 0.5).toBeLessThan(room.width);
});
test('one that runs to the right begins at the left', () => {
  const row = Array.from({ length: 40 }, (_, place) => ({ position: { x: place * 320, y: 0 }, ...nodeSize }));
  expect(openingView(row, room, true)).toMatchObject({ zoom: 0.8, x: 56 });
});
test('nothing has no view', () => {
  expect(openingView([], room, false)).toBeUndefined();
  expect(openingView(column(4), { width: 0, height: 0 }, false)).toBeUndefined();
});
