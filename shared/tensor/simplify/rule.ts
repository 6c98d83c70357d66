// What a simplification rule is: a look at one instruction about to be written, and an equal, simpler result if it sees one.

import type { Builder } from '../builder.ts';
import type { Attributes, Instruction, Tensor, TensorType } from '../types.ts';

/** An instruction that is about to be written. */
export interface Candidate {
  readonly operation: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  /** The types of its outputs. */
  readonly types: readonly TensorType[];
}

export interface Scope {
  /** What is written through it is simplified in turn. */
  readonly builder: Builder;
  /** The instruction behind a value, if it is the named operation. */
  producer(tensor: Tensor | undefined, operation: string): Instruction | undefined;
  /** The one number that fills a constant; undefined for everything else. */
  numberIn(tensor: Tensor | undefined): number | undefined;
  /** A constant filled with one number, shared with equal ones. */
  filled(value: number, type: TensorType): Tensor;
}

/** The outputs of an equal, simpler way to compute the candidate; null where the rule sees none. */
export type Rule = (candidate: Candidate, scope: Scope) => readonly Tensor[] | null;
export type Rules = Readonly<Record<string, readonly Rule[]>>;
