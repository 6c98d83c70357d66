// What is wrong with a network, said for a student, pinned to its place, with repairs that are edits.

import type { TrainingSettings } from '../training/settings.ts';
import type { Edit } from './edits.ts';

export interface Repair {
  /** A verb that says the result: `Set padding to “same”`. */
  readonly label: string;
  /** Applied together, as one undo step. */
  readonly edits: readonly Edit[];
  /** Training settings that change with them. */
  readonly settings?: Partial<TrainingSettings>;
}

export interface Problem {
  /** `error` stops training; `advice` does not. */
  readonly severity: 'error' | 'advice';
  /** Stable, for programs: `shape-mismatch`, `cycle`, `unknown-layer`, `no-input`, … */
  readonly code: string;
  /** The four parts, a line each: what; where (both shapes, both names); why; how (the repairs). */
  readonly what: string;
  readonly where: string;
  readonly why?: string;
  readonly repairs: readonly Repair[];
  /** What it is pinned to; empty `nodes` means the network as a whole. */
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  readonly parameter?: string;
  /** Where a part of it lies inside blocks: the ids in the laid open network. */
  readonly inside?: { readonly nodes: readonly string[]; readonly edges: readonly string[] };
}
