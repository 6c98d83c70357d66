// How other layers make room where a block is opened in place: a drawing is stretched where the block stands, and only drawn so; the places of
// the document stay, so that closing gives back what was. Pure.

import { gridSize, nodeSize } from '../../shared/network/layout.ts';
import type { Point } from '../state/index.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}
/** A block that is opened: where its card stands in the document, and how large it is drawn. */
export interface Opened {
  readonly position: Point;
  readonly size: Size;
}
/** From here on everything is drawn further away. */
interface Bend {
  readonly at: number;
  readonly by: number;
}

/** From places of the document to those of the drawing, and back. */
export interface Stretch {
  readonly drawn: (place: Point) => Point;
  readonly document: (place: Point) => Point;
  /** Where an opened block's upper left corner is drawn. */
  readonly corner: (opened: Opened) => Point;
  /** The place of the document that an opened block stands at when its corner is drawn there. */
  readonly cornerless: (corner: Point, size: Size) => Point;
}

/** Blocks in one row or column need the room of the largest of them. */
function together(bends: readonly Bend[], apart: number): readonly Bend[] {
  const merged: Bend[] = [];
  for (const bend of [...bends].sort((a, b) => a.at - b.at)) {
    const last = merged.at(-1);
    if (last && bend.at - last.at < apart) merged[merged.length - 1] = { at: last.at, by: Math.max(last.by, bend.by) };
    else merged.push(bend);
  }
  return merged;
}

interface Axis {
  readonly forth: (value: number) => number;
  readonly back: (value: number) => number;
}

/** @param after what lies there or beyond moves on @param before what lies there or before moves the other way */
function axisOf(after: readonly Bend[], before: readonly Bend[]): Axis {
  if (after.length + before.length === 0) return { forth: (value) => value, back: (value) => value };
  const forth = (value: number) =>
    value + after.reduce((sum, { at, by }) => (value >= at ? sum + by : sum), 0) - before.reduce((sum, { at, by }) => (value <= at ? sum + by : sum), 0);
  const most = [...after, ...before].reduce((sum, { by }) => sum + by, 0);
  // It only grows, with jumps where nothing of the document is drawn: halving finds the place, and in a jump the nearer of its two sides.
  const back = (value: number) => {
    let [low, high] = [value - most, value + most];
    while (high - low > 0.01) {
      const middle = (low + high) / 2;
      if (forth(middle) < value) low = middle;
      else high = middle;
    }
    const [above, below] = [Math.round(high), Math.round(high) - 1];
    return Math.abs(forth(above) - value) <= Math.abs(forth(below) - value) ? above : below;
  };
  return { forth, back };
}

/** Where the room of a card ends, between two places of the grid: what is put there belongs to one side of it. */
const cardEnd = (own: number): number => Math.ceil(own / gridSize) * gridSize - gridSize / 2;

/** A block grows the way the network is drawn; across it, to both sides of its middle. */
function bendsOf(opened: readonly Opened[], axis: 'x' | 'y', isAlong: boolean): { readonly after: readonly Bend[]; readonly before: readonly Bend[] } {
  const extent = axis === 'x' ? 'width' : 'height';
  const own = nodeSize[extent];
  const growths = opened.map(({ position, size }) => ({ at: position[axis], by: (size[extent] - own) / (isAlong ? 1 : 2) })).filter(({ by }) => by > 0);
  const after = together(
    growths.map(({ at, by }) => ({ at: at + cardEnd(own), by })),
    own,
  );
  const before = isAlong
    ? []
    : together(
        growths.map(({ at, by }) => ({ at: at - cardEnd(own), by })),
        own,
      );
  return { after, before };
}

/** @param sideways whether the network is drawn from left to right */
export function stretchFor(opened: readonly Opened[], sideways: boolean): Stretch {
  const bends = { x: bendsOf(opened, 'x', sideways), y: bendsOf(opened, 'y', !sideways) };
  const [x, y] = [axisOf(bends.x.after, bends.x.before), axisOf(bends.y.after, bends.y.before)];
  const drawn = (place: Point): Point => ({ x: x.forth(place.x), y: y.forth(place.y) });
  const document = (place: Point): Point => ({ x: x.back(place.x), y: y.back(place.y) });
  const aside = ({ width, height }: Size): Point => (sideways ? { x: 0, y: (height - nodeSize.height) / 2 } : { x: (width - nodeSize.width) / 2, y: 0 });
  const minus = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });
  return {
    drawn,
    document,
    corner: ({ position, size }) => minus(drawn(position), aside(size)),
    cornerless: (corner, size) => document({ x: corner.x + aside(size).x, y: corner.y + aside(size).y }),
  };
}
