// One run's state: two sets of buffers that take turns as input and output of a call, so a call allocates nothing for it.

import type { Tensor } from 'onnxruntime-node';
import { type Shape, sameShape } from '../../../../shared/tensor/types.ts';
import type { State } from '../engine.ts';
import { tensorOver } from './tensors.ts';

type Buffers = Map<string, Tensor>;

const copied = (state: State): Buffers => new Map([...state].map(([name, data]) => [name, tensorOver('float32', Float32Array.from(data), [data.length])]));

export class StateBuffers {
  private current: Buffers;
  private spare: Buffers = new Map();

  constructor(state: State = new Map()) {
    this.current = copied(state);
  }

  read(): State {
    return new Map([...this.current].map(([name, tensor]) => [name, Float32Array.from(tensor.data as Float32Array)]));
  }

  /** State comes flat; a graph wants it in its shape. */
  private shaped(buffers: Buffers, name: string, shape: Shape): Tensor | undefined {
    const tensor = buffers.get(name);
    if (!tensor || sameShape(tensor.dims, shape)) return tensor;
    const reshaped = tensorOver('float32', tensor.data as Float32Array, shape);
    buffers.set(name, reshaped);
    return reshaped;
  }

  /** The present value. */
  value(name: string, shape: Shape): Tensor {
    const tensor = this.shaped(this.current, name, shape);
    if (!tensor) throw new Error(`The run's state has no “${name}”.`);
    return tensor;
  }

  /** Where a call writes the next value; made when first asked for. */
  next(name: string, shape: Shape): Tensor {
    const known = this.shaped(this.spare, name, shape);
    if (known) return known;
    const fresh = tensorOver('float32', new Float32Array(this.value(name, shape).size), shape);
    this.spare.set(name, fresh);
    return fresh;
  }

  /** What was written becomes the present value; what was read is written next. */
  swap(names: Iterable<string>): void {
    for (const name of names) {
      const before = this.current.get(name) as Tensor;
      this.current.set(name, this.spare.get(name) as Tensor);
      this.spare.set(name, before);
    }
  }
}
