// Tensors of ONNX Runtime over buffers of ours. Knows nothing of runs.

import ort, { type Tensor } from 'onnxruntime-node';
import { type DType, type Shape, sizeOf } from '../../../../shared/tensor/types.ts';

export type NumberArray = Float32Array | Int32Array | Uint8Array;

/** A buffer of zeros. */
export function zeros(dtype: DType, size: number): NumberArray {
  if (dtype === 'float32') return new Float32Array(size);
  return dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
}

/** A tensor that reads and writes the given buffer. */
export function tensorOver(dtype: DType, data: NumberArray, shape: Shape): Tensor {
  if (dtype === 'float32') return new ort.Tensor('float32', data as Float32Array, shape);
  if (dtype === 'int32') return new ort.Tensor('int32', data as Int32Array, shape);
  return new ort.Tensor(dtype, data as Uint8Array, shape);
}

export const emptyTensor = (dtype: DType, shape: Shape): Tensor => tensorOver(dtype, zeros(dtype, sizeOf(shape)), shape);
