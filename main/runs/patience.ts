// How long a trainer may take to heed a stop before it is ended by force. It is heard between calls of its engine, and large networks
// share calls of up to two seconds: ended in the middle of one, a run would lose all since its last checkpoint.

/** Milliseconds: a person who presses Stop waits no longer where calls are short. */
const LEAST = 800;
const MOST = 5_000;

export class Patience {
  private heardAt: number | null = null;
  private longest = 0;

  /** Batches arrived: they come once a call, or more seldom where calls are many. @param now milliseconds of any clock that only goes on */
  heard(now: number): void {
    if (this.heardAt !== null) this.longest = Math.max(this.longest, now - this.heardAt);
    this.heardAt = now;
  }

  /** What passes until the next batches says nothing of a call: a pause, an evaluation. */
  interrupted(): void {
    this.heardAt = null;
  }

  /** Milliseconds to wait for a call to end. */
  get milliseconds(): number {
    return Math.min(MOST, Math.max(LEAST, 1.5 * this.longest));
  }
}
