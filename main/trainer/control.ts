// What a person asks of a running training: pause, go on, stop, another learning rate. Heeded at the borders of steps.

/** The loop's view and the message handler's view of the same wishes. */
export class Control {
  learningRate: number;
  private wanted: 'run' | 'pause' | 'stop' = 'run';
  private wake: (() => void) | null = null;
  private yieldedAt = performance.now();

  constructor(learningRate: number) {
    this.learningRate = learningRate;
  }

  get stopping(): boolean {
    return this.wanted === 'stop';
  }

  get pausing(): boolean {
    return this.wanted === 'pause';
  }

  pause(): void {
    if (this.wanted === 'run') this.wanted = 'pause';
  }

  resume(): void {
    if (this.wanted === 'pause') this.set('run');
  }

  stop(): void {
    this.set('stop');
  }

  private set(wanted: 'run' | 'stop'): void {
    this.wanted = wanted;
    this.wake?.();
    this.wake = null;
  }

  /** Resolves when a pause ends. */
  whilePaused(): Promise<void> {
    if (!this.pausing) return Promise.resolve();
    return new Promise((resolve) => void (this.wake = resolve));
  }

  /** Lets messages in, at most every 10 ms: engines that answer at once would keep them out for ever. */
  async breathe(): Promise<void> {
    const now = performance.now();
    if (now - this.yieldedAt < 10) return;
    this.yieldedAt = now;
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
}
