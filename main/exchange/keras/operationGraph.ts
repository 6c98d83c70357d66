// Layers that stand for one operation and follow each other otherwise than one behind the other; and values taken together by a formula, of which
// some are tensors that come in, some numbers, some fixed tensors that stand in the call.

import type { Json } from '../../../shared/project/plainJson.ts';
import { sizeOf } from '../../../shared/tensor/types.ts';
import { formula, isTensor, made, numberIn, written } from './operationParts.ts';
import { endKey, fromKey, isObject, type KerasObject, objectOr } from './savedModel.ts';

export type Chain = readonly KerasObject[] | null;

/** Layers that follow each other otherwise than one behind the other. Places are counted as layers are added; the first tensor is −1, the second −2. */
export class Graph {
  private readonly layers: KerasObject[] = [];
  private failed = false;

  /** A chain fed by those places. @returns where its last layer stands */
  add(chain: Chain, ...from: readonly number[]): number {
    if (chain === null) this.failed = true;
    this.layers.push(...(chain ?? []).map((one, i) => (i === 0 ? { ...one, [fromKey]: [...from] } : one)));
    return chain === null || chain.length === 0 ? (from[0] as number) : this.layers.length - 1;
  }

  /** All layers, of which those give the results; null where one of the chains was. */
  ending(...ends: readonly number[]): Chain {
    if (this.failed || ends.some((end) => end < 0)) return null;
    if (ends.length === 1 && ends[0] === this.layers.length - 1) return this.layers;
    return this.layers.map((one, i) => (ends.includes(i) ? { ...one, [endKey]: ends.indexOf(i) } : one));
  }
}

/** How many numbers may stand in a call: they become part of the document. */
const mostNumbers = 262_144;

export interface FixedNumbers {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A tensor of numbers in a call; null for anything else, and for one that is too large. */
export function fixedNumbers(arg: Json | undefined, most = mostNumbers): FixedNumbers | null {
  const isStored = isObject(arg) && (arg.class_name === '__tensor__' || arg.class_name === '__numpy__');
  const value = isStored ? (objectOr(arg.config).value ?? null) : (arg ?? null);
  if (!Array.isArray(value)) return null;
  const shape: number[] = [];
  for (let one: Json = value; Array.isArray(one); one = one[0] ?? null) shape.push(one.length);
  const values = (value as readonly unknown[]).flat(8).map((one) => (typeof one === 'boolean' ? Number(one) : one));
  const isWhole = values.length > 0 && values.length === sizeOf(shape) && values.length <= most && values.every((one) => typeof one === 'number');
  return isWhole ? { shape, values: values as number[] } : null;
}

/** Fixed numbers as a tensor that stretches over samples of that shape (the batch first); null where they differ from sample to sample. */
function stretched({ shape, values }: FixedNumbers, rank: number): Chain {
  const own = shape.length === rank ? shape.slice(1) : shape;
  if (own.length >= rank || (shape.length === rank && shape[0] !== 1)) return null;
  const full = [...Array.from({ length: rank - 1 - own.length }, () => 1), ...own];
  return made('constant', { shape: full, values: values.join(', ') });
}

const letters = 'abcdefgh';

/** A formula of the arguments: tensors and fixed ones by letters (x where there is only one), numbers as they are; null where one is something else. */
export function combined(args: readonly Json[], tensors: readonly (readonly number[])[], write: (...words: string[]) => string): Chain {
  const graph = new Graph();
  const rank = Math.max(...tensors.map((shape) => shape.length));
  let coming = 0;
  const from: number[] = [];
  const words = args.map((arg) => {
    const number = numberIn(arg);
    if (number !== null) return written(number);
    const fixed = isTensor(arg) ? null : fixedNumbers(arg);
    if (!isTensor(arg) && !fixed) return null;
    const place = fixed ? graph.add(stretched(fixed, rank), -1) : -++coming;
    return letters[from.push(place) - 1] ?? null;
  });
  if (words.includes(null) || from.length === 0) return null;
  if (from.length === 1) return formula(write(...words.map((word) => (word === 'a' ? 'x' : (word as string)))));
  if (coming === from.length) return formula(write(...(words as string[])));
  return graph.ending(graph.add(formula(write(...(words as string[]))), ...from));
}
