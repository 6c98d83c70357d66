// A table of zeros to whose rows the updates are added: the gradient of gather. Rows named twice get both.

import { type Gradients, operation, ShapeError } from '../operation.ts';
import { formatShape, sameShape, sizeOf, type Tensor } from '../types.ts';
import { requireInteger, requireType } from './shapes.ts';

export const scatterRows = operation<[indices: Tensor, updates: Tensor], { rows: number }>({
  name: 'scatterRows',
  summary: 'table[indices] += updates',
  infer([indices, updates], { rows }) {
    requireType(indices, ['int32'], 'scatterRows (its indices)');
    requireType(updates, ['float32'], 'scatterRows (its updates)');
    requireInteger(rows, 1, 'scatterRows: the number of rows');
    const rank = indices.shape.length;
    if (!sameShape(updates.shape.slice(0, rank), indices.shape))
      throw new ShapeError(`scatterRows cannot put ${formatShape(updates.shape)} at ${formatShape(indices.shape)} places.`);
    return { shape: [rows, ...updates.shape.slice(rank)], dtype: 'float32' };
  },
  gradient: ({ builder, inputs: [indices], gradient }): Gradients => [null, builder.gather(gradient, indices)],
  evaluate([indices, updates], { rows }, output) {
    const width = sizeOf(output.shape.slice(1));
    const result = new Float64Array(sizeOf(output.shape));
    indices.data.forEach((index, i) => {
      if (index < 0 || index >= rows) throw new Error(`scatterRows looks for row ${index} in a table of ${rows} rows.`);
      for (let k = 0; k < width; k++) result[index * width + k] = (result[index * width + k] as number) + (updates.data[i * width + k] as number);
    });
    return result;
  },
});
