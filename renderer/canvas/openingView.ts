// Where the view stands when a network is opened for the first time: all of it where it can be read so, else its start, as a page is opened. Pure.

import { getViewportForBounds, type Viewport } from '@xyflow/react';

/** How a network is fitted: the bars in the corners lie on none of its layers. */
export const fitOptions = { padding: { y: '56px', x: '60px' }, maxZoom: 1, minZoom: 0.1 } as const;

interface Drawn {
  readonly position: { readonly x: number; readonly y: number };
  readonly width?: number;
  readonly height?: number;
}
interface Room {
  readonly width: number;
  readonly height: number;
}

/** Smaller than this, a network is not shown whole; at the other, cards show all they have to say. */
const [smallest, full] = [0.5, 0.8];
/** Air beside the start, in pixels: the bars of the canvas lie there. */
const air = 56;

export const sizeOf = (pane: HTMLElement | null): Room => ({ width: pane?.clientWidth ?? 0, height: pane?.clientHeight ?? 0 });

/** Along one axis: in the middle if it fits, else around what stands at the start, with no room beside the network given away. */
const across = (room: number, low: number, high: number, start: number, zoom: number): number =>
  (high - low) * zoom <= room - 2 * air
    ? (room - (low + high) * zoom) / 2
    : Math.min(air - low * zoom, Math.max(room - air - high * zoom, room / 2 - start * zoom));

/**
 * @param nodes what is drawn
 * @param room the pane, in pixels
 * @param sideways whether the network runs to the right
 * @returns undefined where there is nothing to see or no room to see it in: the canvas as it is
 */
export function openingView(nodes: readonly Drawn[], room: Room, sideways: boolean): Viewport | undefined {
  if (nodes.length === 0 || room.width === 0 || room.height === 0) return;
  const boxes = nodes.map(({ position: { x, y }, width = 0, height = 0 }) => ({ x, y, right: x + width, bottom: y + height }));
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  const [right, bottom] = [Math.max(...boxes.map((box) => box.right)), Math.max(...boxes.map((box) => box.bottom))];
  const whole = getViewportForBounds(
    { x, y, width: right - x, height: bottom - y },
    room.width,
    room.height,
    fitOptions.minZoom,
    fitOptions.maxZoom,
    fitOptions.padding,
  );
  if (whole.zoom >= smallest) return whole;
  const fits = sideways ? (room.height - 2 * air) / (bottom - y) : (room.width - 2 * air) / (right - x);
  const zoom = Math.max(smallest, Math.min(full, fits));
  const first = boxes.reduce((one, other) => ((sideways ? other.x < one.x : other.y < one.y) ? other : one));
  return sideways
    ? { x: air - x * zoom, y: across(room.height, y, bottom, (first.y + first.bottom) / 2, zoom), zoom }
    : { x: across(room.width, x, right, (first.x + first.right) / 2, zoom), y: air - y * zoom, zoom };
}
