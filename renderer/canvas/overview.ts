// Where things stand in the overview: the whole network and the part in view, made to fit a small picture. Geometry alone.

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** From the drawing's coordinates to the picture's: `scale · (place − origin) + offset`. */
export interface Mapping {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** React Flow's transform: how far the drawing is moved, in pixels of the window, and its zoom. */
export type Transform = readonly [x: number, y: number, zoom: number];

/** The part of the drawing that a pane of that size shows. */
export const inView = ([x, y, zoom]: Transform, width: number, height: number): Box => ({
  x: -x / zoom,
  y: -y / zoom,
  width: width / zoom,
  height: height / zoom,
});

/** The smallest box around all of them; null without any. */
export function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Shows `whole` as large as the picture allows, in its middle, with a margin of `margin` pixels. */
export function fitInto(whole: Box, width: number, height: number, margin: number): Mapping {
  const scale = Math.min((width - 2 * margin) / Math.max(whole.width, 1), (height - 2 * margin) / Math.max(whole.height, 1));
  return { scale, x: width / 2 - scale * (whole.x + whole.width / 2), y: height / 2 - scale * (whole.y + whole.height / 2) };
}

export const toPicture = ({ scale, x, y }: Mapping, box: Box): Box => ({
  x: box.x * scale + x,
  y: box.y * scale + y,
  width: box.width * scale,
  height: box.height * scale,
});

/** The place of the drawing under a place of the picture. */
export const toDrawing = ({ scale, x, y }: Mapping, place: { readonly x: number; readonly y: number }) => ({
  x: (place.x - x) / scale,
  y: (place.y - y) / scale,
});
