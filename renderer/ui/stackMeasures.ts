// How large boxes, gaps and detours are in a small picture of a network, and which networks are small enough to show their units. Pure.

export interface Measures {
  readonly width: number;
  readonly height: number;
  readonly pitch: number;
  readonly gap: number;
  /** How far a detour keeps from the boxes, and the radius of its corners. */
  readonly side: number;
  readonly corner: number;
}
export interface Place {
  readonly x: number;
  readonly y: number;
}
interface Sized {
  readonly family: string | null;
  readonly row: number;
  readonly column: number;
  readonly size?: number | undefined;
}

const worded: Measures = { width: 124, height: 18, pitch: 25, gap: 16, side: 16, corner: 5 };
/** What a gallery's card has room for. */
const room = { width: 144, height: 100 };

/** Boxes with words have one size; bars are as high and wide as the room allows, so that many layers are thin bars and not a small picture. */
export function measuresFor(rows: number, columns: number, words: boolean): Measures {
  if (words) return worded;
  const pitch = Math.min(20, room.height / Math.max(1, rows));
  const gap = columns > 1 ? 6 : 12;
  return {
    width: Math.min(64, (room.width - (columns - 1) * gap) / columns),
    height: Math.max(1.5, pitch * 0.58),
    ...{ pitch, gap, side: Math.min(16, pitch + 4), corner: Math.min(5, pitch / 2) },
  };
}

/** The width of a bar: the whole for the most that comes out of any, a third for the least, by orders of magnitude between. */
export function boxWidth({ size }: Sized, all: readonly Sized[], { width }: Measures): number {
  const sizes = all.flatMap((box) => box.size ?? []).map(Math.log);
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
  return size === undefined || high - low < 1e-9 ? width : width * (0.34 + (0.66 * (Math.log(size) - low)) / (high - low));
}

/** A box with more units than this is no longer shown by its units. */
const mostUnits = 8;

/** The rows of a network whose every layer has a few units; null for all others. */
export function unitsOf(boxes: readonly Sized[]): readonly { readonly count: number; readonly family: string | null }[] | null {
  if (boxes.length < 2 || boxes.some(({ size, column, family }) => size === undefined || size > mostUnits || column !== 0 || family !== 'core')) return null;
  return boxes.toSorted((a, b) => a.row - b.row).map(({ size = 1, family }) => ({ count: size, family }));
}

/** @param round past the boxes between the two, on their right */
export function pathBetween(start: Place, end: Place, m: Measures, round: boolean): string {
  if (round) {
    const r = m.corner;
    const side = start.x + m.width / 2 + m.side;
    const gap = Math.min(3, (m.pitch - m.height) / 2);
    const from = start.y + m.height + gap;
    const to = end.y + m.height / 2;
    return `M${start.x} ${from - gap}v${gap}H${side - r}q${r} 0 ${r} ${r}V${to - r}q0 ${r} ${-r} ${r}H${end.x}`;
  }
  const from = start.y + m.height;
  if (start.x === end.x) return `M${start.x} ${from}V${end.y}`;
  const middle = end.y - (m.pitch - m.height) / 2;
  return `M${start.x} ${from}V${middle}H${end.x}V${end.y}`;
}
