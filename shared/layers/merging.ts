// What merging layers share: the check that there is something to merge. No layer itself.

import type { Tensor } from '../tensor/types.ts';
import { LayerError } from './layer.ts';

/** All inputs, at least two. @throws LayerError */
export function severalInputs(inputs: readonly Tensor[]): readonly [Tensor, ...Tensor[]] {
  const [first, ...rest] = inputs;
  if (first && rest.length > 0) return [first, ...rest];
  const what = first ? 'It has only one connection coming in, and needs at least two.' : 'Nothing is connected to it; it needs at least two connections.';
  throw new LayerError({ code: 'too-few-inputs', what, why: 'It brings several branches of a network together.' });
}
