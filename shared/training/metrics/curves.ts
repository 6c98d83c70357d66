// The areas under the curves that thresholds draw, from what was counted above each of them. No metric itself.

import { ratio } from './confusion.ts';

/** For each threshold: yes that is above, no that is above; of all: how many are. */
export interface Counts {
  readonly yesAbove: readonly number[];
  readonly noAbove: readonly number[];
  readonly yes: number;
  readonly no: number;
}
/** Which height counts between two thresholds. */
export type Summation = 'interpolation' | 'minoring' | 'majoring';

const heights: Readonly<Record<Summation, (a: number, b: number) => number>> = {
  interpolation: (a, b) => (a + b) / 2,
  minoring: Math.min,
  majoring: Math.max,
};

/** Σ over neighbours of width · height. */
const under = (place: readonly number[], height: readonly number[], method: Summation): number =>
  height.slice(1).reduce((sum, next, i) => sum + ((place[i] as number) - (place[i + 1] as number)) * heights[method](height[i] as number, next), 0);

/** True positive rate over false positive rate. */
const rocArea = ({ yesAbove, noAbove, yes, no }: Counts, method: Summation): number =>
  under(
    noAbove.map((count) => ratio(count, no)),
    yesAbove.map((count) => ratio(count, yes)),
    method,
  );

/** Precision over recall, interpolated as in Davis and Goadrich, 2006. */
function interpolated({ yesAbove, noAbove, yes }: Counts): number {
  const said = yesAbove.map((count, i) => count + (noAbove[i] as number));
  return said.slice(1).reduce((sum, p, i) => {
    const tp = yesAbove[i + 1] as number,
      before = said[i] as number;
    const dtp = (yesAbove[i] as number) - tp;
    const slope = ratio(dtp, Math.max(before - p, 0));
    const logarithm = before > 0 && p > 0 ? Math.log(before / p) : 0;
    return sum + ratio(slope * (dtp + (tp - slope * p) * logarithm), yes);
  }, 0);
}

/** Precision over recall. */
function prArea(counts: Counts, method: Summation): number {
  if (method === 'interpolation') return interpolated(counts);
  const { yesAbove, noAbove, yes } = counts;
  return under(
    yesAbove.map((count) => ratio(count, yes)),
    yesAbove.map((count, i) => ratio(count, count + (noAbove[i] as number))),
    method,
  );
}

export const areas = { ROC: rocArea, PR: prArea } as const;
