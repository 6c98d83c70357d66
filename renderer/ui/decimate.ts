// Thinning of long curves for drawing: every peak and every dip stays visible, the number of points stays bounded.

export interface Curve {
  /** Ascending. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * Keeps the first and last point, and of each of `buckets` equal stretches of x its lowest and its highest point.
 * Points that are not numbers are left out. A curve that is short enough comes back as it is.
 */
export function decimate(curve: Curve, buckets: number): Curve {
  const { x, y } = finite(curve);
  const count = x.length;
  if (count <= buckets * 2 + 2 || buckets < 1) return { x, y };
  const start = x[0] ?? 0;
  const width = ((x[count - 1] ?? 0) - start) / buckets;
  const kept = new Set([0, count - 1]);
  for (let from = 0; from < count; ) {
    const bucket = width > 0 ? Math.floor(((x[from] ?? 0) - start) / width) : 0;
    let to = from + 1;
    while (to < count && (width > 0 ? Math.floor(((x[to] ?? 0) - start) / width) : 0) === bucket) to += 1;
    for (const index of extremes(y, from, to)) kept.add(index);
    from = to;
  }
  const indices = [...kept].sort((a, b) => a - b);
  return { x: indices.map((index) => x[index] ?? 0), y: indices.map((index) => y[index] ?? 0) };
}

function extremes(y: readonly number[], from: number, to: number): readonly [number, number] {
  let low = from;
  let high = from;
  for (let index = from + 1; index < to; index++) {
    if ((y[index] ?? 0) < (y[low] ?? 0)) low = index;
    if ((y[index] ?? 0) > (y[high] ?? 0)) high = index;
  }
  return [low, high];
}

function finite({ x, y }: Curve): Curve {
  if (y.every(Number.isFinite)) return { x, y };
  const indices = y.flatMap((value, index) => (Number.isFinite(value) ? [index] : []));
  return { x: indices.map((index) => x[index] ?? 0), y: indices.map((index) => y[index] ?? 0) };
}

/** The value of the last point at or before `at`; null before the first. */
export function valueAt({ x, y }: Curve, at: number): number | null {
  let low = 0;
  let high = x.length;
  const reach = at + Math.abs(at) * 1e-9;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) <= reach) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : (y[low - 1] ?? null);
}
