// The tensor program as plain data: what every reading (shapes, emitters, interpreter, printer) reads.
// Holds no numbers but constants, and knows no layer, no engine.

export type DType = 'float32' | 'int32' | 'uint8' | 'bool';
/** Sizes of the axes, the batch axis first where there is one. */
export type Shape = readonly number[];
export interface TensorType {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A value in a program: a name for numbers that exist only when the program runs. */
export interface Tensor extends TensorType {
  readonly id: number;
}

/** Attributes of an instruction: JSON. */
export type AttributeValue = number | boolean | string | readonly number[] | readonly (readonly number[])[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface Instruction {
  readonly operation: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: Attributes;
}

/**
 * Where a program's input comes from.
 * `data`: rows of the dataset, new each step. `state`: kept between steps (weights, optimizer slots, moving statistics).
 * `scalar`: a number set by the trainer (learning rate, step). `random`: numbers drawn for (seed, step, stream).
 */
export type InputRole =
  | { readonly kind: 'data' }
  | { readonly kind: 'state' }
  | { readonly kind: 'scalar' }
  | { readonly kind: 'random'; readonly distribution: 'uniform' | 'normal'; readonly stream: number };

export interface ProgramInput {
  readonly name: string;
  readonly tensor: Tensor;
  readonly role: InputRole;
}
/** One number for every element, or one per element in row-major order. */
export interface Constant {
  readonly tensor: Tensor;
  readonly value: number | readonly number[] | Float32Array | Int32Array;
}
export interface ProgramOutput {
  readonly name: string;
  readonly tensor: Tensor;
}

export interface Program {
  readonly inputs: readonly ProgramInput[];
  readonly constants: readonly Constant[];
  /** In an order in which every input is computed before it is used. */
  readonly instructions: readonly Instruction[];
  readonly outputs: readonly ProgramOutput[];
  /** The new value of the state input of that name, after the step. */
  readonly updates: readonly ProgramOutput[];
}

export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);
export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((size, axis) => size === b[axis]);
/** `28 × 28 × 1`; a scalar is `scalar`. */
export const formatShape = (shape: Shape): string => (shape.length === 0 ? 'scalar' : shape.join(' × '));
