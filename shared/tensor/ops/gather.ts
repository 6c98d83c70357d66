// Rows of a table, picked by index.

import { type Gradients, operation, ShapeError } from '../operation.ts';
import { sizeOf, type Tensor } from '../types.ts';
import { requireType, sizeAt } from './shapes.ts';

export const gather = operation<[table: Tensor, indices: Tensor]>({
  name: 'gather',
  summary: 'table[indices]',
  infer([table, indices]) {
    requireType(indices, ['int32'], 'gather (its indices)');
    if (table.shape.length === 0) throw new ShapeError('gather needs a table with rows, but gets a single number.');
    return { shape: [...indices.shape, ...table.shape.slice(1)], dtype: table.dtype };
  },
  gradient({ builder, inputs: [table, indices], gradient }): Gradients {
    return [builder.scatterRows(indices, gradient, { rows: sizeAt(table.shape, 0) }), null];
  },
  evaluate([table, indices], _attributes, output) {
    const rows = sizeAt(table.shape, 0),
      width = sizeOf(table.shape.slice(1));
    const result = new Float64Array(sizeOf(output.shape));
    indices.data.forEach((index, i) => {
      if (index < 0 || index >= rows) throw new Error(`gather looks for row ${index} in a table of ${rows} rows.`);
      result.set(table.data.subarray(index * width, (index + 1) * width), i * width);
    });
    return result;
  },
});
