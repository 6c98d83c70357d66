// Connections go around what stands in their way.

import { expect, test } from 'vitest';
import { nodeSize } from '../../shared/network/layout.ts';
import { chooseRoute, corners, labelPlace, roundedPath } from './route.ts';

const top = { x: 132, y: 52 };
const card = (x: number, y: number) => ({ x, y, ...nodeSize });

test('a layer straight below is reached straight', () => {
  const route = chooseRoute(top, { x: 132, y: 80 }, []);
  expect(corners(top, { x: 132, y: 80 }, route)).toEqual([top, { x: 132, y: 80 }]);
});
test('one beside is reached down, across, down', () => {
  const to = { x: 452, y: 160 };
  expect(corners(top, to, chooseRoute(top, to, []))).toEqual([top, { x: 132, y: 106 }, { x: 452, y: 106 }, to]);
});
test('it turns late or early where that passes a layer', () => {
  const to = { x: 452, y: 320 };
  const inTheMiddle = card(160, 160);
  const route = chooseRoute(top, to, [inTheMiddle]);
  expect(route).toEqual({ turn: 'late', lane: null });
});
test('a skip over a layer keeps to a lane beside it', () => {
  const to = { x: 132, y: 240 };
  const route = chooseRoute(top, to, [card(0, 120)]);
  expect(route.lane).toBeGreaterThan(264);
  const points = corners(top, to, route);
  expect(points[0]).toEqual(top);
  expect(points.at(-1)).toEqual(to);
});
test('a connection upward goes around its own ends', () => {
  expect(chooseRoute({ x: 132, y: 300 }, { x: 132, y: 100 }, []).lane).toBeGreaterThan(264);
});
test('a network drawn from left to right turns the same ways over its diagonal', () => {
  const [from, to] = [
    { x: 264, y: 26 },
    { x: 340, y: 226 },
  ];
  expect(corners(from, to, chooseRoute(from, to, [], true), true)).toEqual([from, { x: 302, y: 26 }, { x: 302, y: 226 }, to]);
  expect(chooseRoute(from, { x: 680, y: 26 }, [card(340, 0)], true).lane).toBeGreaterThan(52);
});
test('the path starts and ends at its ends, with round corners between', () => {
  const path = roundedPath([
    { x: 0, y: 0 },
    { x: 0, y: 40 },
    { x: 100, y: 40 },
    { x: 100, y: 80 },
  ]);
  expect(path).toBe('M0 0L0 32Q0 40 8 40L92 40Q100 40 100 48L100 80');
});
test('a label stands on the longest piece', () => {
  expect(
    labelPlace([
      { x: 0, y: 0 },
      { x: 0, y: 40 },
      { x: 100, y: 40 },
      { x: 100, y: 60 },
    ]),
  ).toEqual({ x: 50, y: 40, upright: false });
});
