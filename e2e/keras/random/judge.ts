// What is wrong with one random network, if anything: each fault by the place where it shows, in words, with its size where it has one.

import { relative } from '../../parity/compare.ts';
import type { Drawn, Drift, Returned, Told } from './kerasSide.ts';
import type { OurSide } from './ours.ts';

export const TOLERANCE = 1e-4;
/** Of predictions after all steps, which gather what every weight differs by. */
const OUTPUTS = 1e-3;

export interface Fault {
  /** `import`, `loss`, `metric accuracy`, `back by taken.keras`, … */
  readonly at: string;
  readonly words: string;
  /** Null for what is not a matter of size. */
  readonly size: number | null;
}

/** These count: a near tie may fall the other way by a rounding, in a step or two. */
const counting = /accuracy|acc|top_k|precision|recall|f1|auc/;
const NEAR_TIES = 2;

/** The largest difference of a value over all steps until Keras leaves the numbers; null where there is none to compare. */
function differenceOf(key: string, ours: readonly Told[], theirs: readonly Told[]): number | null {
  const end = theirs.findIndex(({ [key]: value, loss }) => value === null || loss === null);
  const compared = theirs.slice(0, end === -1 ? undefined : end);
  const apart = compared.map((told, i) => difference(ours[i]?.[key], told[key] as number));
  if (counting.test(key) && apart.filter((size) => !(size <= TOLERANCE)).length <= NEAR_TIES) return null;
  return apart.length === 0 ? null : Math.max(...apart);
}

const difference = (ours: number | null | undefined, theirs: number): number => {
  const apart = typeof ours === 'number' ? relative(ours, theirs) : Number.NaN;
  // Numbers that are 0 but for rounding.
  return typeof ours === 'number' && Math.abs(ours - theirs) < 1e-7 ? 0 : apart;
};

/** Keras takes the short name as it is given, here both are one metric. */
const renamed = (told: Told): Told => Object.fromEntries(Object.entries(told).map(([key, value]) => [key.replace(/(^|_)acc$/, '$1accuracy'), value]));

const isApart = (size: number | null, tolerance: number): size is number => size !== null && !(size <= tolerance);

function toldFaults(where: string, ours: readonly Told[], given: readonly Told[]): Fault[] {
  const theirs = given.map(renamed);
  const keys = Object.keys(theirs[0] ?? {});
  return keys.flatMap((key): Fault[] => {
    const at = key === 'loss' ? `loss${where}` : `metric ${key}${where}`;
    // Losses of single outputs are no events of ours.
    if (ours.length > 0 && !(key in (ours[0] ?? {}))) return key.endsWith('_loss') ? [] : [{ at, words: 'not told', size: null }];
    const size = differenceOf(key, ours, theirs);
    return isApart(size, TOLERANCE) ? [{ at, words: `${size.toExponential(1)} apart`, size }] : [];
  });
}

function returnFaults(name: string, { error, predictions, further }: Returned): Fault[] {
  const at = `back by ${name}`;
  if (error !== undefined) return [{ at, words: error, size: null }];
  const wrong: Fault[] = [];
  if (predictions === null) wrong.push({ at, words: 'predictions of another shape', size: null });
  else if (predictions !== undefined && isApart(predictions, OUTPUTS))
    wrong.push({ at, words: `predictions ${predictions.toExponential(1)} apart`, size: predictions });
  return [...wrong, ...(further ? toldFaults(`, gone on in Keras`, further.ours, further.theirs) : [])];
}

const isDiverging = ({ told }: Drawn): boolean => told.some(({ loss }) => loss === null);

export function faultsOf(drawn: Drawn, ours: OurSide, returned: Readonly<Record<string, Returned>>): Fault[] {
  const failed = Object.entries(ours.failed).map(([at, words]): Fault => ({ at, words, size: null }));
  const compared = drawn.chance || failed.some(({ at }) => at === 'import') ? [] : toldFaults('', ours.told, drawn.told);
  if (isDiverging(drawn)) return [...failed.filter(({ at }) => at !== 'train'), ...compared];
  return [...failed, ...compared, ...Object.entries(returned).flatMap(([name, one]) => returnFaults(name, one))];
}

/** Beyond so many times of what Keras leaves itself by, a difference is a fault. */
const CHAOS = 20;

/** Whether Keras, its weights moved by a rounding, leaves itself about as far. */
export const isChaos = (faults: readonly Fault[], drift: Drift | null): boolean =>
  drift !== null && faults.length > 0 && faults.every(({ size }) => size !== null && size <= CHAOS * Math.max(drift.losses, drift.predictions));
