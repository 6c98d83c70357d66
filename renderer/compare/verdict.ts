// What a race may honestly say. Each network ran once, so only the chance in the test samples can be judged, not the spread between seeds.
// The words follow from the numbers alone.

import { localNumber, locale, t } from '../text/text.ts';

export interface Contestant {
  readonly name: string;
  /** Share of right answers on the test samples. */
  readonly accuracy: number;
  /** How many test samples there were. */
  readonly samples: number;
}

export interface Gap {
  readonly ahead: string;
  readonly behind: string;
  readonly difference: number;
  /** Standard error of the difference. */
  readonly error: number;
  /** The difference is larger than two of its standard errors. */
  readonly shown: boolean;
}

export interface Verdict {
  readonly kind: 'winner' | 'none' | 'waiting';
  readonly headline: string;
  /** Further findings, a sentence each. */
  readonly details: readonly string[];
  readonly judged: string;
  readonly gaps: readonly Gap[];
}

/** Fewer test samples than this and a standard error says nothing. */
const fewest = 30;

/**
 * Binomial standard error √(p(1 − p) / n) of a share. At 0 and 1 it would be 0, as if the result were certain;
 * there p is taken as if one more sample of each kind had been seen.
 */
export function standardError(accuracy: number, samples: number): number {
  const p = accuracy <= 0 || accuracy >= 1 ? (accuracy * samples + 1) / (samples + 2) : accuracy;
  return Math.sqrt((p * (1 - p)) / samples);
}

/** Compares two results as if their test samples were independent, which is the stricter view of the same samples. */
export function gapBetween(a: Contestant, b: Contestant): Gap {
  const [ahead, behind] = a.accuracy >= b.accuracy ? [a, b] : [b, a];
  const difference = ahead.accuracy - behind.accuracy;
  const error = Math.hypot(standardError(a.accuracy, a.samples), standardError(b.accuracy, b.samples));
  return { ahead: ahead.name, behind: behind.name, difference, error, shown: difference > 2 * error };
}

/** A share's difference in points: `1.1 points`. */
export const points = (share: number): string => {
  const value = Math.abs(share) * 100;
  return t`${localNumber(value < 0.095 ? value.toFixed(2) : value.toFixed(1))} points`;
};
const list = (names: readonly string[]): string => (names.length < 2 ? (names[0] ?? '') : t`${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);
const inPoints = (share: number): string => localNumber((share * 100).toFixed(2));

function judgedBy(contestants: readonly Contestant[]): string {
  const errors = contestants.map((one) => `${one.name} ± ${inPoints(standardError(one.accuracy, one.samples))}`).join(', ');
  const samples = contestants[0]?.samples ?? 0;
  return t`One run each, same data and seed. Test accuracy on ${samples.toLocaleString(locale())} samples; binomial standard error √(p(1 − p)/n) in points: ${errors}. A gap counts when it is larger than 2 standard errors of the difference. One seed each cannot settle small differences.`;
}

const withError = (gap: Gap): string => t`${points(gap.difference)} apart, and 2 standard errors of the difference are ${points(2 * gap.error)}`;

/** The verdict over all networks that have a test accuracy; `total` counts those that were to race. */
export function verdictOf(contestants: readonly Contestant[], total: number): Verdict {
  const ranked = contestants.toSorted((a, b) => b.accuracy - a.accuracy);
  const [best, ...others] = ranked;
  if (!best || others.length === 0) return waiting(contestants, total);
  const judged = judgedBy(ranked);
  const gaps = others.map((other) => gapBetween(best, other));
  const samples = Math.min(...ranked.map((one) => one.samples));
  if (samples < fewest) {
    const headline = t`No winner named: ${samples} test samples are too few to judge.`;
    return {
      kind: 'none',
      headline,
      details: [t`${best.name} has the highest test accuracy of this one run, at ${inPoints(best.accuracy)} %.`],
      judged,
      gaps: [],
    };
  }
  return { ...wordsFor(best, gaps), judged, gaps };
}

function waiting(contestants: readonly Contestant[], total: number): Verdict {
  const headline = contestants.length === 0 ? t('No network has a test result yet.') : t`${contestants[0]?.name} has finished; a comparison needs two.`;
  const details = contestants.length > 0 && total > contestants.length ? [t`${contestants.length} of ${total} have a test result.`] : [];
  return { kind: 'waiting', headline, details, judged: contestants.length === 0 ? '' : judgedBy(contestants), gaps: [] };
}

/** `MLP (+1.1 points) and LSTM (+1.9 points)`. */
const leads = (gaps: readonly Gap[]): string => list(gaps.map((gap) => `${gap.behind} (+${points(gap.difference)})`));

/** What each gap had to exceed. */
const leadDetails = (gaps: readonly Gap[]): string => t`Chance alone explains up to ${list(gaps.map((gap) => points(2 * gap.error)))}.`;

function wordsFor(best: Contestant, gaps: readonly Gap[]): Pick<Verdict, 'kind' | 'headline' | 'details'> {
  const beaten = gaps.filter((gap) => gap.shown);
  const close = gaps.filter((gap) => !gap.shown);
  if (close.length === 0) {
    const headline = t`${best.name} is ahead of ${leads(beaten)}.`;
    return { kind: 'winner', headline, details: [leadDetails(gaps)] };
  }
  const headline = t`No difference shown between ${list([best.name, ...close.map((gap) => gap.behind)])}.`;
  const details = [
    ...close.map((gap) =>
      gap.difference === 0 ? t`${gap.ahead} and ${gap.behind} have the same test accuracy.` : t`${gap.ahead} and ${gap.behind} are ${withError(gap)}.`,
    ),
    ...(beaten.length > 0 ? [t`${best.name} is ahead of ${leads(beaten)}.`] : []),
  ];
  return { kind: 'none', headline, details };
}
