// The way of a connection: down, across, down, with round corners, past the layers that stand between. Pure.

import { nodeSize } from '../../shared/network/layout.ts';
import type { Point } from '../state/index.ts';
import type { Size } from './stretch.ts';

/** How a connection goes from one layer to the next. */
export interface Route {
  /** Where it turns, as distance below its start (`turn`) or above its end; null: half way. */
  readonly turn: 'half' | 'early' | 'late';
  /** The column it keeps to where layers stand in its way, in canvas units. */
  readonly lane: number | null;
}

const radius = 8;
const stub = 14;
const margin = 4;
/** A network drawn from left to right is routed as one drawn downwards and turned over its diagonal. */
const turned = ({ x, y }: Point): Point => ({ x: y, y: x });
const directRoute: Route = { turn: 'half', lane: null };

interface Segment {
  readonly from: Point;
  readonly to: Point;
}

type Box = Point & Size;
const turnedBox = ({ width, height, ...at }: Box): Box => ({ ...turned(at), width: height, height: width });

function crosses({ from, to }: Segment, at: Box): boolean {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  return right > at.x - margin && left < at.x + at.width + margin && bottom > at.y - margin && top < at.y + at.height + margin;
}

const segmentsOf = (points: readonly Point[]): Segment[] => points.slice(1).map((to, index) => ({ from: points[index] as Point, to }));

/** The corners of a connection between two ports, both ends included. */
export function corners(from: Point, to: Point, route: Route, sideways = false): readonly Point[] {
  return sideways ? cornersDown(turned(from), turned(to), route).map(turned) : cornersDown(from, to, route);
}

function cornersDown(from: Point, to: Point, route: Route): readonly Point[] {
  const { lane, turn } = route;
  if (lane !== null) {
    const [out, into] = [from.y + stub, to.y - stub];
    return [from, { x: from.x, y: out }, { x: lane, y: out }, { x: lane, y: into }, { x: to.x, y: into }, to];
  }
  if (Math.abs(from.x - to.x) < 1) return [from, to];
  const y = turn === 'early' ? from.y + stub : turn === 'late' ? to.y - stub : (from.y + to.y) / 2;
  return [from, { x: from.x, y }, { x: to.x, y }, to];
}

/**
 * The way that crosses no other layer: straight if it can, else turning early or late, else along a lane beside what is in the way.
 * @param others the boxes of the other layers
 */
export function chooseRoute(from: Point, to: Point, others: readonly Box[], sideways = false): Route {
  return sideways ? chooseDown(turned(from), turned(to), others.map(turnedBox), nodeSize.height) : chooseDown(from, to, others, nodeSize.width);
}

/** @param wide how wide a card is */
function chooseDown(from: Point, to: Point, others: readonly Box[], wide: number): Route {
  const upward = to.y < from.y + 2 * radius;
  const isFree = (route: Route) => !segmentsOf(cornersDown(from, to, route)).some((segment) => others.some((other) => crosses(segment, other)));
  if (!upward) {
    const found = (['half', 'late', 'early'] as const).map((turn): Route => ({ turn, lane: null })).find(isFree);
    if (found) return found;
    // Too close for a way round.
    if (to.y - from.y < 2 * stub + radius) return directRoute;
  }
  const between = others.filter((other) => other.y + other.height > Math.min(from.y, to.y) && other.y < Math.max(from.y, to.y));
  const isNear = ({ x, width }: Box, end: Point) => Math.abs(x + width / 2 - end.x) < (wide + width) / 2;
  const near = between.filter((other) => isNear(other, from) || isNear(other, to));
  const right = Math.max(from.x, to.x, ...(near.length > 0 ? near : between).map((other) => other.x + other.width)) + 20;
  return upward || between.length > 0 ? { turn: 'half', lane: Math.max(right, upward ? Math.max(from.x, to.x) + wide / 2 + 20 : right) } : directRoute;
}

/** An SVG path through the corners, rounded. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = [`M${first.x} ${first.y}`];
  for (const [index, corner] of rest.entries()) {
    const next = rest[index + 1];
    const before = points[index] as Point;
    if (!next) parts.push(`L${corner.x} ${corner.y}`);
    else parts.push(rounded(before, corner, next));
  }
  return parts.join('');
}

function rounded(before: Point, corner: Point, next: Point): string {
  const length = (a: Point, b: Point) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  const bend = Math.min(radius, length(before, corner) / 2, length(corner, next) / 2);
  const toward = (to: Point) => ({ x: corner.x + Math.sign(to.x - corner.x) * bend, y: corner.y + Math.sign(to.y - corner.y) * bend });
  const [start, end] = [toward(before), toward(next)];
  return `L${start.x} ${start.y}Q${corner.x} ${corner.y} ${end.x} ${end.y}`;
}

/** Where a label stands: the middle of the longest piece. `upright` where that piece runs down. */
export function labelPlace(points: readonly Point[]): Point & { readonly upright: boolean } {
  const lengthOf = ({ from, to }: Segment) => Math.abs(from.x - to.x) + Math.abs(from.y - to.y);
  const [first, ...others] = segmentsOf(points);
  if (!first) return { x: 0, y: 0, upright: true };
  const { from, to } = others.reduce((best, segment) => (lengthOf(segment) > lengthOf(best) ? segment : best), first);
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, upright: from.x === to.x };
}
