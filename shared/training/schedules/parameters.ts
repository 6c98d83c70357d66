// Parameters that several schedules have. No schedule itself.

import { boolean, number, optionalInteger } from '../../lib/fields.ts';

export const decayStepsField = () =>
  optionalInteger({ label: 'Decay steps', help: 'Over how many steps (batches) it falls; none: over the whole run.', unit: 'steps', min: 1, default: null });

/** Steps over which it falls: as set, or all that are left of the run. */
export const decaySteps = (given: number | null, totalSteps: number): number => given ?? Math.max(1, totalSteps);

export const decayRateField = (help: string, usual: number) => number({ label: 'Decay rate', help, min: 0, max: 1000, default: usual });

export const staircaseField = () => boolean({ label: 'In stairs', help: 'Falls at once after each so many steps instead of evenly.', default: false });

export const alphaField = () => number({ label: 'Alpha', help: 'The share of the rate that is left at the end.', min: 0, max: 1, default: 0 });
