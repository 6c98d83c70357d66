// Reverse-mode differentiation: writes the derivative of a scalar by given values into the program that computes it.

import type { Builder } from './builder.ts';
import { type Gradients, isComposite } from './operation.ts';
import type { Instruction, Tensor } from './types.ts';

/**
 * The derivative of `loss` by each of `by`, in that order; null where the loss does not depend on it.
 * Branches that no wanted value feeds are not differentiated.
 */
export function gradients(builder: Builder, loss: Tensor, by: readonly Tensor[]): Gradients {
  if (loss.shape.length !== 0 || loss.dtype !== 'float32')
    throw new Error(`Only a float32 scalar can be differentiated, not ${loss.dtype} of ${loss.shape.length} axes.`);
  return passedBack(builder, [[loss, builder.constant(1)]], by);
}

/**
 * The same where the loss stands elsewhere, and its derivatives by some values are known.
 * @param since the number of instructions to leave alone: values computed there do not hang together by what stands there, even where one is computed from another
 */
export function passedBack(builder: Builder, known: readonly (readonly [value: Tensor, gradient: Tensor])[], by: readonly Tensor[], since = 0): Gradients {
  const forward = builder.instructions.slice(since);
  const dependent = dependents(forward, by);
  const collected = new Collected(builder);
  for (const [value, gradient] of known) collected.add(value, gradient);
  for (const instruction of forward.reverse()) {
    if (!instruction.inputs.some(({ id }) => dependent.has(id))) continue;
    const outputGradients = instruction.outputs.map((output) => collected.sum(output));
    if (outputGradients.some((gradient) => gradient !== null)) passBack(builder, instruction, outputGradients, dependent, collected);
  }
  return by.map((tensor) => collected.sum(tensor));
}

/** All values computed from the given ones, and these themselves, as far as they are floats. */
function dependents(instructions: readonly Instruction[], from: readonly Tensor[]): ReadonlySet<number> {
  const found = new Set(from.map(({ id }) => id));
  for (const { inputs, outputs } of instructions) {
    if (!inputs.some(({ id }) => found.has(id))) continue;
    for (const output of outputs) if (output.dtype === 'float32') found.add(output.id);
  }
  return found;
}

function passBack(builder: Builder, instruction: Instruction, outputGradients: Gradients, dependent: ReadonlySet<number>, collected: Collected): void {
  const { inputs, outputs, attributes } = instruction,
    definition = builder.definitionOf(instruction);
  if (isComposite(definition))
    throw new Error(`${definition.name} is native in this program and cannot be differentiated: build the program without native operations.`);
  if (definition.gradient === 'none') return;
  const wanted = (input: number) => dependent.has(inputs[input]?.id ?? -1);
  const inputGradients = definition.gradient({ builder, inputs, outputs, outputGradients, attributes, wanted });
  inputs.forEach((input, i) => {
    const gradient = inputGradients[i];
    if (gradient && wanted(i)) collected.add(input, gradient);
  });
}

/** The derivatives that arrive at each value, one per use. */
class Collected {
  private readonly builder: Builder;
  private readonly terms = new Map<number, Tensor[]>();

  constructor(builder: Builder) {
    this.builder = builder;
  }

  add(tensor: Tensor, gradient: Tensor): void {
    const terms = this.terms.get(tensor.id);
    if (terms) terms.push(gradient);
    else this.terms.set(tensor.id, [gradient]);
  }

  sum(tensor: Tensor): Tensor | null {
    return this.terms.get(tensor.id)?.reduce((a, b) => this.builder.add(a, b)) ?? null;
  }
}
