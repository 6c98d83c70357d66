// Numbers on their way into TensorFlow and out of it. Knows nothing of runs.

import { type DType, type Shape, sizeOf } from '../../../../shared/tensor/types.ts';
import { packedLength } from '../../../emit/graphdef/fed.ts';

/** A tensor of tfjs: it lives until it is disposed of. */
export interface ModelTensor {
  dataSync(): Float32Array | Int32Array | Uint8Array;
  dispose(): void;
}
export type NumberArray = Float32Array | Int32Array | Uint8Array;

/** Room for one input: the array that is filled, and the one that is fed, which are the same memory. */
export interface FeedBuffer {
  readonly values: NumberArray;
  readonly fed: NumberArray;
  readonly shape: number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
}

export function feedBuffer(dtype: DType, shape: Shape): FeedBuffer {
  const size = sizeOf(shape);
  if (dtype === 'uint8') {
    const fed = new Int32Array(packedLength(size));
    return { values: new Uint8Array(fed.buffer, 0, size), fed, shape: [fed.length], dtype: 'int32' };
  }
  const values = dtype === 'float32' ? new Float32Array(size) : dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
  return { values, fed: values, shape: [...shape], dtype };
}
