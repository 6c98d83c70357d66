// A soft round pen on a grid of grey values from 0 to 1. Pure.

/** As wide as the strokes of handwritten digits at 28 × 28. */
const radius = 1.6;

/** The values after the pen has touched a place, counted in cells from the upper left corner. */
export function stroke(values: readonly number[], columns: number, { x, y }: { readonly x: number; readonly y: number }): readonly number[] {
  return values.map((value, i) => {
    const distance = Math.hypot((i % columns) + 0.5 - x, Math.floor(i / columns) + 0.5 - y);
    return Math.max(value, Math.min(1, Math.max(0, radius - distance)));
  });
}
