// The index of the largest element along an axis; the first of equal ones.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { aroundAxis, positiveAxis, requireType } from './shapes.ts';

export const argMax = operation<[x: Tensor], { axis: number }>({
  name: 'argMax',
  summary: 'argmax x',
  infer([x], { axis }) {
    requireType(x, ['float32', 'int32'], 'argMax');
    const gone = positiveAxis(axis, x.shape.length, 'argMax');
    return { shape: x.shape.filter((_, i) => i !== gone), dtype: 'int32' };
  },
  gradient: 'none',
  evaluate([x], { axis }, output) {
    const { size, inner } = aroundAxis(x.shape, positiveAxis(axis, x.shape.length, 'argMax'));
    return Float64Array.from({ length: output.shape.reduce((a, b) => a * b, 1) }, (_, i) => {
      const start = Math.floor(i / inner) * size * inner + (i % inner);
      let best = 0;
      for (let k = 1; k < size; k++) if ((x.data[start + k * inner] as number) > (x.data[start + best * inner] as number)) best = k;
      return best;
    });
  },
});
