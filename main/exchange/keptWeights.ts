// Which stored weight belongs to which weight of a network that was changed since: that of the same name; and where a layer was put into a
// block or taken out of one, so that its name has grown or shrunk at the front, the one that can only be meant. Everything else is drawn anew.

import { sameShape, type Shape } from '../../shared/tensor/types.ts';
import type { StoredTensor } from '../files/safetensors.ts';

interface Wanted {
  readonly name: string;
  readonly shape: Shape;
}

/** `block_1/dense/kernel` and `dense/kernel`: one of them is the other inside a block. */
const isMoved = (a: string, b: string): boolean => a.endsWith(`/${b}`) || b.endsWith(`/${a}`);

/** By the network's names: what is kept. */
function matches(wanted: readonly Wanted[], kept: ReadonlyMap<string, StoredTensor>): Map<string, StoredTensor> {
  const found = new Map<string, StoredTensor>();
  const names = new Set(wanted.map(({ name }) => name));
  const left = [...kept].filter(([name]) => !names.has(name));
  const open = wanted.filter(({ name }) => !kept.has(name));
  const fits = ({ name, shape }: Wanted, [stored, tensor]: readonly [string, StoredTensor]) => isMoved(name, stored) && sameShape(shape, tensor.shape);
  for (const one of wanted) {
    const same = kept.get(one.name);
    if (same && sameShape(same.shape, one.shape)) found.set(one.name, same);
  }
  for (const one of open) {
    const [candidate, ...others] = left.filter((stored) => fits(one, stored));
    // Several copies of a block, or layers of one name in several blocks: nobody can say which is meant.
    if (candidate && others.length === 0 && open.filter((other) => fits(other, candidate)).length === 1) found.set(one.name, candidate[1]);
  }
  return found;
}

/** Every weight of the network: kept where it can be told, freshly drawn else. */
export function withKept(
  wanted: readonly Wanted[],
  drawn: ReadonlyMap<string, Float32Array>,
  kept: ReadonlyMap<string, StoredTensor>,
): ReadonlyMap<string, StoredTensor> {
  const found = matches(wanted, kept);
  return new Map(wanted.map(({ name, shape }) => [name, found.get(name) ?? { shape, data: drawn.get(name) as Float32Array }]));
}
