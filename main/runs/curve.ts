// A curve of any length in bounded memory: thinned evenly, the newest point always there.

import type { BatchPoint } from '../../shared/protocol/contract.ts';

/** Every n-th point so that at most `limit` are left, and the last one. */
export function thin(points: readonly BatchPoint[], limit: number): readonly BatchPoint[] {
  if (points.length <= limit) return points;
  const stride = Math.ceil(points.length / (limit - 1));
  const kept = points.filter((_, i) => i % stride === 0);
  const last = points.at(-1) as BatchPoint;
  return kept.at(-1) === last ? kept : [...kept, last];
}

/** Keeps every `stride`-th step and doubles the stride when full. */
export class Curve {
  private readonly limit: number;
  private points: BatchPoint[] = [];
  private last: BatchPoint | null = null;
  private stride = 1;

  constructor(limit = 2000) {
    this.limit = limit;
  }

  add(point: BatchPoint): void {
    this.last = point;
    if ((point.step - 1) % this.stride !== 0) return;
    this.points.push(point);
    if (this.points.length < this.limit) return;
    this.stride *= 2;
    this.points = this.points.filter(({ step }) => (step - 1) % this.stride === 0);
  }

  all(): readonly BatchPoint[] {
    return this.last && this.points.at(-1) !== this.last ? [...this.points, this.last] : this.points;
  }
}
