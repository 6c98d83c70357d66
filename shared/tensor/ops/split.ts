// x cut along an axis into equal parts.

import { type Gradients, operationWithManyOutputs, ShapeError } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { aroundAxis, positiveAxis, requireInteger, sizeAt, withSize } from './shapes.ts';

export const split = operationWithManyOutputs<[x: Tensor], { axis: number; parts: number }>({
  name: 'split',
  summary: 'x in equal parts',
  infer([x], { axis: any, parts }) {
    const axis = positiveAxis(any, x.shape.length, 'split'),
      size = sizeAt(x.shape, axis);
    requireInteger(parts, 1, 'split: the number of parts');
    if (size % parts !== 0) throw new ShapeError(`split cannot cut ${size} into ${parts} equal parts.`);
    const part = { shape: withSize(x.shape, axis, size / parts), dtype: x.dtype };
    return Array.from({ length: parts }, () => part);
  },
  gradient({ builder, outputs, attributes: { axis }, outputGradients }): Gradients {
    const parts = outputs.map((part, i) => outputGradients[i] ?? builder.constant(0, part.shape));
    return [builder.concat(...parts, { axis })];
  },
  evaluate([x], { axis, parts }, outputs) {
    const { outer, size, inner } = aroundAxis(x.shape, positiveAxis(axis, x.shape.length, 'split'));
    const row = (size / parts) * inner;
    return outputs.map(({ shape }, part) => {
      const data = new Float64Array(outer * row);
      for (let o = 0; o < outer; o++) data.set(x.data.subarray((o * parts + part) * row, (o * parts + part + 1) * row), o * row);
      return { shape, data };
    });
  },
});
