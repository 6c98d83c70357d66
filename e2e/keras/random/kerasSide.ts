// Keras' side of the random networks as a process that is asked, one request at a time in its turn. Started once for all networks.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { benchPython } from '../../bench/python.ts';
import { root } from '../command.ts';

export type Told = Readonly<Record<string, number | null>>;

/** What was drawn, and what each step of Keras said of itself. */
export interface Drawn {
  readonly layers: readonly string[];
  readonly figures: readonly string[];
  readonly losses: readonly string[];
  readonly metrics: readonly string[];
  readonly optimizer: string;
  /** Throws dice while training: only predictions can be compared. */
  readonly chance: boolean;
  readonly format: 'keras' | 'h5';
  readonly classWeight: Readonly<Record<string, number>> | null;
  readonly weighted: boolean;
  readonly told: readonly Told[];
  /** Steps that the network was drawn in: what can be left out. */
  readonly count: number;
  /** Whether it is taken back in the older format too. */
  readonly older: boolean;
}

/** What came back of one file. */
export interface Returned {
  readonly predictions?: number | null;
  readonly further?: { readonly ours: readonly Told[]; readonly theirs: readonly Told[] };
  readonly error?: string;
}

/** How far Keras leaves itself when its weights are moved by 1e-7 of themselves. */
export interface Drift {
  readonly losses: number;
  readonly predictions: number;
}

export interface Asked {
  readonly folder: string;
  readonly seed: number;
  readonly steps: number;
  readonly batch: number;
}

export class KerasSide {
  private readonly child = spawn(process.env['NETWRIGHT_PYTHON'] ?? benchPython(root), [join(import.meta.dirname, 'side.py')], {
    stdio: ['pipe', 'pipe', process.env['NETWRIGHT_KERAS_WORDS'] ? 'inherit' : 'ignore'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  private readonly waiting: ((line: string | null) => void)[] = [];

  constructor() {
    createInterface(this.child.stdout).on('line', (line) => this.waiting.shift()?.(line));
    this.child.on('close', () => {
      for (const answer of this.waiting.splice(0)) answer(null);
    });
  }

  make(asked: Asked, skipped: readonly number[] = []): Promise<Drawn> {
    return this.ask({ do: 'make', ...asked, skipped }) as Promise<Drawn>;
  }

  /** By the file's name. */
  back(asked: Asked): Promise<Readonly<Record<string, Returned>>> {
    return this.ask({ do: 'back', ...asked }) as Promise<Readonly<Record<string, Returned>>>;
  }

  drift(asked: Asked): Promise<Drift> {
    return this.ask({ do: 'drift', ...asked }) as Promise<Drift>;
  }

  /** @throws Error with what Keras said */
  private async ask(request: object): Promise<unknown> {
    const line = await new Promise<string | null>((resolve) => {
      this.waiting.push(resolve);
      this.child.stdin.write(`${JSON.stringify(request)}\n`);
    });
    if (line === null) throw new Error('Keras’ process has ended.');
    const { ok, error } = JSON.parse(line) as { ok?: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return ok;
  }

  close(): void {
    this.child.stdin.end();
  }
}
