// What every step of an installation is given.

export interface InstallJob {
  /** Where it is built: nothing else is in it, and it is given its name only when all works. */
  readonly folder: string;
  readonly trainer: string;
  readonly node: string;
  /** Whether this machine has an NVIDIA GPU that answers. */
  readonly gpu: boolean;
  readonly signal: AbortSignal;
  /** Says what is done now, and how much of it where that is known (0 to 1). */
  tell(step: string, share: number | null): void;
}
