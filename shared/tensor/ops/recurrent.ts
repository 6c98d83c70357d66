// What simpleRnn, lstm and gru share: shape checks, time steps, activations by name. No operation itself.
// The states before the first step are inputs behind the weights, as many as the operation has; left out, they are zero.
// All values are turned time-major once, so that the parts of a step lie together and splits and joins over time are along axis 0.

import type { Builder } from '../builder.ts';
import { type Each, ShapeError } from '../operation.ts';
import { formatShape, type Shape, sameShape, type Tensor, type TensorType } from '../types.ts';
import { requireRank, requireType, sizeAt } from './shapes.ts';

const activations: Readonly<Record<string, (builder: Builder, x: Tensor) => Tensor>> = {
  linear: (_, x) => x,
  relu: (builder, x) => builder.relu(x),
  tanh: (builder, x) => builder.tanh(x),
  sigmoid: (builder, x) => builder.sigmoid(x),
  softplus: (builder, x) => builder.softplus(x),
  softmax: (builder, x) => builder.softmax(x),
  exp: (builder, x) => builder.exp(x),
};

/** What a step applies: one value to each. */
export type StepFunction = (builder: Builder, x: Tensor) => Tensor;

/** The activation function of that name. @throws ShapeError for a name it cannot apply */
export function activationNamed(name: string): StepFunction {
  const activation = Object.hasOwn(activations, name) ? activations[name] : undefined;
  if (!activation)
    throw new ShapeError(`“${name}” is no activation that a recurrent operation can apply: it must be one of ${Object.keys(activations).join(', ')}.`);
  return activation;
}

/** `initial`: the states before the first step, in the order of the outputs; none: zeros. */
export type RecurrentInputs = [x: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor, ...initial: Tensor[]];

export interface RecurrentSizes {
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly units: number;
}

/** What an operation has of everything. */
export interface RecurrentKind {
  readonly name: string;
  readonly gates: number;
  readonly states: number;
  biasShape(width: number): Shape;
}

/**
 * Checks x [batch, steps, features], kernel [features, gates · units], recurrentKernel [units, gates · units], bias, and each initial state [batch, units].
 * @throws ShapeError
 */
export function recurrentSizes(types: Each<RecurrentInputs, TensorType>, { name: what, gates, states, biasShape }: RecurrentKind): RecurrentSizes {
  const [x, kernel, recurrentKernel, bias, ...initial] = types;
  for (const type of types) requireType(type, ['float32'], what);
  requireRank(x, 3, `The input of ${what}`);
  const [batch, steps, features] = x.shape as [number, number, number];
  const units = sizeAt(recurrentKernel.shape, 0),
    width = gates * units;
  if (steps < 1) throw new ShapeError(`${what} needs at least one time step.`);
  const expect = (name: string, type: TensorType, shape: Shape) => {
    if (!sameShape(type.shape, shape)) throw new ShapeError(`${what}: the ${name} must be ${formatShape(shape)}, but is ${formatShape(type.shape)}.`);
  };
  expect('recurrent kernel', recurrentKernel, [units, width]);
  expect('kernel', kernel, [features, width]);
  expect('bias', bias, biasShape(width));
  if (initial.length > 0 && initial.length !== states)
    throw new ShapeError(`${what} starts with all of its ${states} states or with none, not with ${initial.length}.`);
  for (const state of initial) expect('initial state', state, [batch, units]);
  return { batch, steps, features, units };
}

/** The types of all hidden values over time and of `states` last ones. */
export const recurrentOutputs = ({ batch, steps, units }: RecurrentSizes, states: number): readonly TensorType[] => [
  { shape: [batch, steps, units], dtype: 'float32' },
  ...Array.from({ length: states }, () => ({ shape: [batch, units], dtype: 'float32' }) as const),
];

/** The states after a step from its projected input and the states before; no states: all are zero. The first state is what comes out. */
export type Cell = (step: Tensor, before: readonly Tensor[] | undefined) => readonly Tensor[];

/** The states after every step. @param initial those before the first; empty: zeros */
export function walked(steps: readonly Tensor[], cell: Cell, initial: readonly Tensor[]): readonly (readonly Tensor[])[] {
  const states: (readonly Tensor[])[] = [];
  for (const step of steps) states.push(cell(step, states.at(-1) ?? (initial.length > 0 ? initial : undefined)));
  return states;
}

/** The whole sequence and the last states, as recurrent operations give them. */
export function walkResult(builder: Builder, states: readonly (readonly Tensor[])[]): readonly Tensor[] {
  const hidden = states.map(([first]) => first as Tensor);
  return [asSequence(builder, hidden), ...(states.at(-1) ?? [])];
}

/** The state's product with the recurrent kernel, or something else in its place (dropout). */
export type Recur = (before: Tensor) => Tensor;

/** x · kernel + bias for all time steps in one product, then one part [batch, width] per step. */
export function projectedSteps(builder: Builder, x: Tensor, kernel: Tensor, bias: Tensor): readonly Tensor[] {
  const [batch, steps, features] = x.shape as [number, number, number];
  const rows = builder.reshape(builder.transpose(x, { permutation: [1, 0, 2] }), { shape: [steps * batch, features] });
  return builder.split(builder.add(builder.matMul(rows, kernel), bias), { axis: 0, parts: steps });
}

/** The hidden values of all steps as [batch, steps, units]. */
export function asSequence(builder: Builder, hidden: readonly Tensor[]): Tensor {
  const [batch, units] = (hidden[0] as Tensor).shape as [number, number];
  const timeMajor = builder.reshape(builder.concat(...hidden, { axis: 0 }), { shape: [hidden.length, batch, units] });
  return builder.transpose(timeMajor, { permutation: [1, 0, 2] });
}

/** Multiply-adds of the products with both kernels. */
export function recurrentMultiplyAdds([x, kernel, recurrentKernel]: readonly TensorType[]): number {
  if (!x || !kernel || !recurrentKernel) throw new Error('A recurrent operation has an input and two kernels.');
  return sizeAt(x.shape, 0) * sizeAt(x.shape, 1) * sizeAt(kernel.shape, 1) * (sizeAt(kernel.shape, 0) + sizeAt(recurrentKernel.shape, 0));
}
