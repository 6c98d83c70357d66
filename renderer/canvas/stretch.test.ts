// A drawing is stretched where blocks are opened, and every place finds its way back.

import { describe, expect, test } from 'vitest';
import { nodeSize, snap } from '../../shared/network/layout.ts';
import { stretchFor } from './stretch.ts';

const block = { position: { x: 0, y: 160 }, size: { width: 344, height: 252 } };

describe('one opened block', () => {
  const { drawn, document, corner, cornerless } = stretchFor([block], false);

  test('what stands below moves down by what it grew, what stands above stays', () => {
    expect(drawn({ x: 0, y: 80 })).toEqual({ x: 0, y: 80 });
    expect(drawn({ x: 0, y: 240 })).toEqual({ x: 0, y: 440 });
  });

  test('what stands beside moves aside by half of it', () => {
    expect(drawn({ x: 320, y: 160 })).toEqual({ x: 360, y: 160 });
    expect(drawn({ x: -320, y: 160 })).toEqual({ x: -360, y: 160 });
  });

  test('it keeps its middle, so that the trunk stays straight', () => {
    expect(corner(block)).toEqual({ x: -40, y: 160 });
    expect(corner(block).x + block.size.width / 2).toBe(nodeSize.width / 2);
    expect(cornerless({ x: -40, y: 160 }, block.size)).toEqual(block.position);
  });

  test.each([
    [0, 80],
    [0, 240],
    [320, 160],
    [-320, 400],
  ])('(%i, %i) comes back', (x, y) => expect(document(drawn({ x, y }))).toEqual({ x, y }));

  test('where nothing of the document is drawn, the nearer side is meant', () => {
    expect(snap(document({ x: 320, y: 240 }).y)).toBe(200);
    expect(snap(document({ x: 320, y: 380 }).y)).toBe(220);
  });
});

test('two blocks in one row need the room of the larger one, one below the other both', () => {
  const beside = { position: { x: 320, y: 160 }, size: { width: 264, height: 152 } };
  const below = { position: { x: 0, y: 320 }, size: { width: 264, height: 152 } };
  expect(stretchFor([block, beside], false).drawn({ x: 0, y: 240 })).toEqual({ x: 0, y: 440 });
  expect(stretchFor([block, below], false).drawn({ x: 0, y: 400 })).toEqual({ x: 0, y: 700 });
});

test('drawn from left to right, a block grows to the right', () => {
  const { drawn, corner } = stretchFor([block], true);
  expect(corner(block)).toEqual({ x: 0, y: 60 });
  expect(drawn({ x: 340, y: 160 })).toEqual({ x: 420, y: 160 });
});

test('with nothing opened everything is drawn where it stands', () => {
  const { drawn, document } = stretchFor([], false);
  expect(drawn({ x: 13, y: -7 })).toEqual({ x: 13, y: -7 });
  expect(document({ x: 13, y: -7 })).toEqual({ x: 13, y: -7 });
});
