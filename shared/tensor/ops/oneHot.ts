// A row per index: 1 at its place, 0 elsewhere. An index outside gives a row of zeros.

import { operation } from '../operation.ts';
import { sizeOf, type Tensor } from '../types.ts';
import { requireInteger, requireType } from './shapes.ts';

export const oneHot = operation<[indices: Tensor], { depth: number }>({
  name: 'oneHot',
  summary: 'indices = 0 … depth - 1',
  infer([indices], { depth }) {
    requireType(indices, ['int32'], 'oneHot');
    requireInteger(depth, 1, 'oneHot: its depth');
    return { shape: [...indices.shape, depth], dtype: 'float32' };
  },
  gradient: 'none',
  evaluate: ([indices], { depth }, output) =>
    Float64Array.from({ length: sizeOf(output.shape) }, (_, i) => Number(indices.data[Math.floor(i / depth)] === i % depth)),
});
