// The contract of a lowering: one operation of ours in ONNX' operators.

import type { Attributes, Instruction, Tensor } from '../../../shared/tensor/types.ts';
import type { GraphWriter } from './graphWriter.ts';
import type { Values } from './values.ts';

export interface LoweringInput {
  readonly graph: GraphWriter;
  readonly values: Values;
  readonly instruction: Instruction;
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly outputs: readonly Tensor[];
  /** A bias that the next instruction adds, when only this operation's result is added to it: fused. */
  readonly bias?: Tensor;
  /** The instructions that use a value; null where it is also a result of the program. */
  readonly usersOf: (tensor: Tensor) => readonly Instruction[] | null;
}
/** Writes the operation's nodes and sets its outputs in `values`. */
export type Lowering = (input: LoweringInput) => void;

/** An attribute that is a list of numbers. */
export const listOf = (attributes: Attributes, name: string): readonly number[] => attributes[name] as readonly number[];
export const numberOf = (attributes: Attributes, name: string): number => attributes[name] as number;
export const flagOf = (attributes: Attributes, name: string): boolean => attributes[name] === true;

/** A lowering that gives one name, in the program's order of axes. */
export const plain =
  (write: (input: LoweringInput) => string): Lowering =>
  (input) =>
    input.values.set(input.output, write(input));
