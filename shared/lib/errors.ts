// The one kind of error that is meant to be read by a person. Anything else that is thrown is a fault of ours.

/**
 * What went wrong with whose fault; the command line turns it into its exit status.
 * `usage` wrong call, `project` invalid project or model file, `data` bad data, `engine` engine missing or unable, `work` the work itself failed.
 */
export type ErrorKind = 'usage' | 'project' | 'data' | 'engine' | 'work';

export interface ErrorDetails {
  readonly kind: ErrorKind;
  /** Stable, for programs: `unknown-layer`, `idx-truncated`, … */
  readonly code: string;
  /** What, where, expected, and what to do; sentences, ready to show. */
  readonly message: string;
  /** The place: a file, a JSON path, a layer's name. */
  readonly where?: string;
}

/** An error with a sentence for people, a code for programs and the place it speaks of. */
export class NetwrightError extends Error implements ErrorDetails {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly where?: string;

  constructor(details: ErrorDetails) {
    super(details.message);
    this.name = 'NetwrightError';
    this.kind = details.kind;
    this.code = details.code;
    this.where = details.where;
  }
}

/** The plain form of any thrown value, to cross a process border or to be printed. */
export function errorDetails(thrown: unknown): ErrorDetails {
  if (thrown instanceof NetwrightError) return { kind: thrown.kind, code: thrown.code, message: thrown.message, where: thrown.where };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { kind: 'work', code: 'unexpected', message };
}
