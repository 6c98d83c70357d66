// How many training steps go into one call of the engine. Many are fast, but between calls a person is heard and progress is told:
// a call should take no longer than the eye waits.

/** A call's length to aim at, seconds. */
const AIM = 0.05;
const MOST = 64;
/**
 * State goes in and out once a call (and ONNX Runtime's package copies what comes out once more into memory of its own), which costs large networks
 * nearly a step: their slow steps share a call, while it stays below this.
 */
const LONGEST = 2;
const SHARED = 8;
/** What counts as large, numbers: from here on moving the state is felt. */
const LARGE = 8e6;

/** How many steps the next call takes, and what a call took in seconds. The numbers of a run do not depend on it. */
export interface Pace {
  readonly steps: number;
  took(steps: number, seconds: number): void;
}

/** Measures calls and says how long the next may be. */
export class MeasuredPace implements Pace {
  private secondsPerStep: number | null = null;
  private readonly shared: number;

  /** @param stateSize how many numbers the state has: weights and slots */
  constructor(stateSize: number) {
    this.shared = stateSize >= LARGE ? SHARED : 1;
  }

  get steps(): number {
    if (this.secondsPerStep === null) return 1;
    const shared = Math.min(this.shared, Math.floor(LONGEST / this.secondsPerStep));
    return Math.min(MOST, Math.max(1, shared, Math.round(AIM / this.secondsPerStep)));
  }

  took(steps: number, seconds: number): void {
    const measured = seconds / steps;
    this.secondsPerStep = this.secondsPerStep === null ? measured : Math.min(this.secondsPerStep * 1.5, measured);
  }
}
