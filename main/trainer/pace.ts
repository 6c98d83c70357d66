// How many training steps go into one call of the engine. Many are fast, but between calls a person is heard and progress is told:
// a call should take no longer than the eye waits.

/** A call's length to aim at, seconds. */
const AIM = 0.05;
const MOST = 64;
/** State goes in and out once a call, which costs large networks a third of a step: slow steps share a call too, while it stays below this. */
const LONGEST = 0.6;
const SHARED = 4;

/** How many steps the next call takes, and what a call took in seconds. The numbers of a run do not depend on it. */
export interface Pace {
  readonly steps: number;
  took(steps: number, seconds: number): void;
}

/** Measures calls and says how long the next may be. */
export class MeasuredPace implements Pace {
  private secondsPerStep: number | null = null;

  get steps(): number {
    if (this.secondsPerStep === null) return 1;
    const shared = Math.min(SHARED, Math.floor(LONGEST / this.secondsPerStep));
    return Math.min(MOST, Math.max(1, shared, Math.round(AIM / this.secondsPerStep)));
  }

  took(steps: number, seconds: number): void {
    const measured = seconds / steps;
    this.secondsPerStep = this.secondsPerStep === null ? measured : Math.min(this.secondsPerStep * 1.5, measured);
  }
}
