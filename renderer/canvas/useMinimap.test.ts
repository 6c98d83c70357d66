// The overview makes way for a layer of a network that is seen whole, and stays for one that is not.

import { expect, it } from 'vitest';
import { hasRoom } from './useMinimap.ts';

const view = { width: 800, height: 600, transform: [0, 0, 1] as const };

it('stays where it covers nothing, goes where it would, comes back where the network is larger than the view', () => {
  expect(hasRoom([{ x: 100, y: 100 }], view)).toBe(true);
  expect(hasRoom([{ x: 100, y: 500 }], view)).toBe(true);
  expect(
    hasRoom(
      [
        { x: 100, y: 100 },
        { x: 500, y: 500 },
      ],
      view,
    ),
  ).toBe(false);
  expect(
    hasRoom(
      [
        { x: 500, y: 500 },
        { x: 100, y: 700 },
      ],
      view,
    ),
  ).toBe(true);
});

it('counts in the view’s own pixels', () => {
  const near = { ...view, transform: [-300, -300, 0.5] as const };
  expect(hasRoom([{ x: 1800, y: 1700 }], near)).toBe(false);
  expect(hasRoom([{ x: 800, y: 800 }], near)).toBe(true);
});
