// Where a command's words go: results to standard output, everything for people only to standard error when programs read.

import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { type ErrorDetails, type ErrorKind, errorDetails } from '../../shared/lib/errors.ts';

/** What the command ends with, by whose fault it was. */
export const exitStatus: Readonly<Record<ErrorKind, number>> = { work: 1, usage: 2, project: 3, data: 4, engine: 5 };
export const interrupted = 130;

export class Output {
  readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
  }

  /** One JSON object on a line; nothing without `--json`. */
  event(value: object): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** A line for people: standard output, or standard error where programs read that one. */
  line(text = ''): void {
    (this.json ? process.stderr : process.stdout).write(`${text}\n`);
  }

  /** Text of any length, where `line` puts its own; resolves when more can be taken. */
  async text(text: string): Promise<void> {
    const stream = this.json ? process.stderr : process.stdout;
    if (!stream.write(text)) await once(stream, 'drain');
  }

  /** What went wrong, for both. @returns the exit status */
  error(thrown: unknown): number {
    const { kind, code, message, where }: ErrorDetails = errorDetails(thrown);
    this.event({ event: 'error', code, message, ...(where === undefined ? {} : { where }) });
    // Texts from files may hold codes that would steer the terminal.
    process.stderr.write(`netwright: ${stripVTControlCharacters(message)}\n`);
    return exitStatus[kind];
  }
}

/** Columns side by side; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const isNumeric = head.map((_, i) => rows.length > 0 && rows.every((row) => /^[\d.,–-]*$/.test(row[i] ?? '')));
  const lineOf = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (isNumeric[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [lineOf(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(lineOf)].join('\n');
}

export const formatCount = (count: number): string => count.toLocaleString('en');
export const formatValue = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(4));
