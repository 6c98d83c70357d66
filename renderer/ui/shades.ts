// Numbers from 0 to 1 as a picture in the ink of the theme: the more, the darker on light and the lighter on dark.

/** Row by row; NaN: nothing is drawn there. */
export interface Shades {
  readonly columns: number;
  readonly rows: number;
  readonly shades: Float32Array;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

export function rangeOf(values: ArrayLike<number>): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i] as number);
    high = Math.max(high, values[i] as number);
  }
  return { low, high };
}

/** Where a value lies between the lowest and the highest; all the same: in the middle where they are not 0. */
export const shade = (value: number, { low, high }: Range): number => (high > low ? (value - low) / (high - low) : value === 0 ? 0 : 0.5);

/** The text's colour as bytes. */
function inkOf(element: HTMLElement): readonly number[] {
  return (
    getComputedStyle(element)
      .color.match(/[\d.]+/g)
      ?.slice(0, 3)
      .map(Number) ?? [0, 0, 0]
  );
}

function bytesOf(shades: Float32Array, [red = 0, green = 0, blue = 0]: readonly number[]): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(shades.length * 4);
  for (let i = 0; i < shades.length; i++) {
    const value = shades[i] as number;
    if (Number.isNaN(value)) continue;
    bytes[i * 4] = red;
    bytes[i * 4 + 1] = green;
    bytes[i * 4 + 2] = blue;
    bytes[i * 4 + 3] = 12 + 243 * value;
  }
  return bytes;
}

/** Draws a picture cell by cell on a canvas that has as many columns and rows. @param place where it will stand: its colour is the ink */
export function drawShades(element: HTMLCanvasElement, { columns, rows, shades }: Shades, place: HTMLElement = element): void {
  const context = element.getContext('2d');
  if (context && shades.length > 0) context.putImageData(new ImageData(bytesOf(shades, inkOf(place)), columns, rows), 0, 0);
}
