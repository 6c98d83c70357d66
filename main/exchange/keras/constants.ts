// Arrays in the code that built a Keras model: `x - [103.9, 116.8, 123.7]`, `x + waves`. A number for each channel is a Rescaling, a vector for
// each step is a PositionEmbedding that learns nothing; other arrays have no layer here.

import type { Json } from '../../../shared/project/plainJson.ts';
import { type Shape, sizeOf } from '../../../shared/tensor/types.ts';
import type { StoredTensor } from '../../files/safetensors.ts';
import { type FixedNumbers, fixedNumbers } from './operationGraph.ts';
import { formula, givenKey, isTensor, layer, type Maker, standIn, written } from './operationParts.ts';
import type { KerasObject } from './savedModel.ts';

type Sign = '+' | '-' | '*' | '/';

/** More than this is no constant that somebody wrote down. */
const MOST = 4_000_000;

/** A tensor with an array, in either order; null for arrays that have no layer. */
export const withArray =
  (sign: Sign): Maker =>
  ({ args, tensors: [shape = []] }) => {
    const place = args.findIndex(isTensor),
      array = args.length === 2 ? fixedNumbers(args[1 - place], MOST) : null;
    const own = array && besideSample(array, shape);
    if (!own) return null;
    const [first = 0] = own.data;
    if (own.data.every((value) => value === first)) return formula(place === 0 ? `x ${sign} ${written(first)}` : `${written(first)} ${sign} x`);
    if (sizeOf(own.shape) === shape.at(-1)) return rescaled(sign, [...own.data], place === 0);
    return place === 0 || sign === '+' ? positioned(sign, own, shape) : null;
  };

/** Without the batch's axis of one place, where it spreads over samples of that shape and makes them no larger. */
function besideSample({ shape, values }: FixedNumbers, [, ...sample]: Shape): StoredTensor | null {
  const own = shape.length > sample.length && shape[0] === 1 ? shape.slice(1) : shape;
  const under = sample.slice(sample.length - own.length);
  return own.length <= sample.length && own.every((size, axis) => size === 1 || size === under[axis]) ? { shape: own, data: Float32Array.from(values) } : null;
}

/** By channel: `x * s + o`. */
function rescaled(sign: Sign, values: readonly number[], isFirst: boolean): readonly KerasObject[] | null {
  if (sign === '*') return layer('Rescaling', { scale: values, offset: 0 });
  if (sign === '/') return isFirst ? layer('Rescaling', { scale: values.map((value) => Math.fround(1 / value)), offset: 0 }) : null;
  const isSubtracted = sign === '-' && isFirst;
  return layer('Rescaling', { scale: sign === '-' && !isFirst ? -1 : 1, offset: isSubtracted ? values.map((value) => -value) : values });
}

/** A vector for each step of [steps, features]. */
function positioned(sign: Sign, { shape, data }: StoredTensor, [, steps, features, ...more]: Shape): readonly KerasObject[] | null {
  const isWhole = more.length === 0 && shape.length === 2 && shape[0] === steps && shape[1] === features;
  if (!isWhole || (sign !== '+' && sign !== '-')) return null;
  const vectors = { shape, data: sign === '-' ? data.map((value) => -value) : data };
  return [{ module: standIn, class_name: 'PositionEmbedding', config: { trainable: false }, [givenKey]: [vectors] as unknown as Json }];
}
