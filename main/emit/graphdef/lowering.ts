// The contract of a lowering: one operation of ours in TensorFlow's.

import type { Attributes, Instruction, Tensor } from '../../../shared/tensor/types.ts';
import type { GraphWriter } from './graphWriter.ts';

export interface LoweringInput {
  readonly graph: GraphWriter;
  readonly instruction: Instruction;
  readonly attributes: Attributes;
  readonly inputs: readonly Tensor[];
  /** The nodes that give the inputs. */
  readonly nodes: readonly string[];
  readonly output: Tensor;
  readonly outputs: readonly Tensor[];
  /** All nodes that the lowering of the instruction before gave with this value's. */
  readonly beside: (tensor: Tensor) => readonly string[];
  /** Whether a kernel backwards needs what this one keeps. */
  readonly isDifferentiated: boolean;
}
/** Writes the operation's nodes and gives the one of its only output, or one for each; further ones are for the lowerings of its users. */
export type Lowering = (input: LoweringInput) => string | readonly string[];

/** An attribute that is a list of numbers. */
export const listOf = (attributes: Attributes, name: string): readonly number[] => attributes[name] as readonly number[];
export const numberOf = (attributes: Attributes, name: string): number => attributes[name] as number;
export const flagOf = (attributes: Attributes, name: string): boolean => attributes[name] === true;

/** The input at a place; operations are shape-checked, so it is there. */
export function at<T>(list: readonly T[], place: number): T {
  const one = list[place];
  if (one === undefined) throw new Error(`An operation has no input ${place}.`);
  return one;
}
export const positive = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);
