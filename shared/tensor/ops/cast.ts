// The same numbers as another type: towards zero for whole numbers, "is not 0" for bool.

import { type Gradients, operation } from '../operation.ts';
import type { DType, Tensor } from '../types.ts';

const convert: Record<DType, (x: number) => number> = {
  float32: (x) => x,
  int32: (x) => x | 0,
  uint8: (x) => x & 255,
  bool: (x) => Number(x !== 0),
};

export const cast = operation<[x: Tensor], { dtype: DType }>({
  name: 'cast',
  summary: 'x as dtype',
  infer: ([x], { dtype }) => ({ shape: x.shape, dtype }),
  gradient: ({ inputs: [x], gradient }): Gradients => [x.dtype === 'float32' ? gradient : null],
  evaluate: ([x], { dtype }) => x.data.map(convert[dtype]),
});
