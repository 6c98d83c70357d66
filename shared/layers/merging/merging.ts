// What merging layers share: the check that there is something to merge, and merging value by value. No layer itself.

import type { Tensor } from '../../tensor/types.ts';
import { type LayerContext, LayerError, sampleShape } from '../layer.ts';

/** All inputs, at least two. @throws LayerError */
export function severalInputs(inputs: readonly Tensor[]): readonly [Tensor, ...Tensor[]] {
  const [first, ...rest] = inputs;
  if (first && rest.length > 0) return [first, ...rest];
  const what = first ? 'It has only one connection coming in, and needs at least two.' : 'Nothing is connected to it; it needs at least two connections.';
  throw new LayerError({ code: 'too-few-inputs', what, why: 'It brings several branches of a network together.' });
}

/** Exactly two inputs. @throws LayerError */
export function twoInputs(inputs: readonly Tensor[], why: string): readonly [Tensor, Tensor] {
  const [first, second, ...rest] = severalInputs(inputs);
  if (second && rest.length === 0) return [first, second];
  throw new LayerError({ code: 'too-many-inputs', input: 2, what: `It has ${inputs.length} connections coming in, and takes exactly two.`, why });
}

/**
 * Joins all inputs one after the other, value by value; a size of 1 stretches. A step counts where it counts in any of them.
 * @param verb what it cannot do where shapes differ: `add`
 * @throws LayerError naming the connection that does not fit
 */
export function mergeEach(context: LayerContext, inputs: readonly Tensor[], verb: string, join: (merged: Tensor, next: Tensor) => Tensor): Tensor {
  const [first, ...rest] = severalInputs(inputs);
  context.setMask(eitherMask(context, inputs.length));
  return rest.reduce<Tensor>((merged, next, i) => {
    if (!fits(merged, next)) throw unequal(merged, next, i + 1, verb);
    return join(merged, next);
  }, first);
}

/** Which steps of sequences count, [batch, steps, 1] for each input; null where all do. */
function stepMarks(context: LayerContext, inputs: readonly Tensor[]): readonly (Tensor | null)[] {
  return inputs.map((input, i) => {
    const mask = input.shape.length === 3 ? context.inputMask(i) : null;
    return mask && context.builder.reshape(mask, { shape: [...mask.shape, 1] });
  });
}

/** The product of all inputs; a step that does not count leaves the others as they are, and gives 0 where it counts in none. */
export function productOfCounted(context: LayerContext, inputs: readonly Tensor[]): Tensor {
  const { builder } = context;
  const marks = stepMarks(context, inputs);
  const factors = inputs.map((input, i) => (marks[i] ? builder.select(marks[i], input, builder.constant(1)) : input));
  const product = mergeEach(context, factors, 'multiply', (all, next) => builder.multiply(all, next));
  const either = marks.reduce((any, next) => (any && next ? builder.logicalOr(any, next) : null));
  return either ? builder.select(either, product, builder.constant(0)) : product;
}

/** The larger or smaller of all inputs; a step that does not count is not compared. */
export function extremeOfCounted(context: LayerContext, inputs: readonly Tensor[], join: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const { builder } = context;
  const marks = stepMarks(context, inputs);
  let before = marks[0] ?? null,
    place = 0;
  return mergeEach(context, inputs, 'compare', (merged, next) => {
    const mark = marks[++place] ?? null;
    const right = mark ? builder.select(mark, next, merged) : next;
    const left = before ? builder.select(before, merged, right) : merged;
    before = before && mark && builder.logicalOr(before, mark);
    return join(left, right);
  });
}

/** As Keras: only where all inputs have a mask. */
function eitherMask(context: LayerContext, count: number): Tensor | null {
  const masks = Array.from({ length: count }, (_, i) => context.inputMask(i));
  return masks.reduce((either, next) => (either && next ? context.builder.logicalOr(either, next) : null));
}

const fits = (a: Tensor, b: Tensor): boolean =>
  a.shape.length === b.shape.length && a.shape.slice(1).every((size, i) => size === b.shape[i + 1] || size === 1 || b.shape[i + 1] === 1);

const unequal = (merged: Tensor, next: Tensor, input: number, verb: string) =>
  new LayerError({
    code: 'shape-mismatch',
    input,
    what: `It cannot ${verb} ${sampleShape(merged)} and ${sampleShape(next)}.`,
    why: 'Values are taken one to one, so both sides need the same sizes.',
  });
