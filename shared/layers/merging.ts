// What merging layers share: the check that there is something to merge, and merging value by value. No layer itself.

import type { Tensor } from '../tensor/types.ts';
import { LayerError, sampleShape } from './layer.ts';

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
 * Joins all inputs one after the other, value by value; a size of 1 stretches.
 * @param verb what it cannot do where shapes differ: `add`
 * @throws LayerError naming the connection that does not fit
 */
export function mergeEach(inputs: readonly Tensor[], verb: string, join: (merged: Tensor, next: Tensor) => Tensor): Tensor {
  const [first, ...rest] = severalInputs(inputs);
  return rest.reduce<Tensor>((merged, next, i) => {
    if (!fits(merged, next)) throw unequal(merged, next, i + 1, verb);
    return join(merged, next);
  }, first);
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
