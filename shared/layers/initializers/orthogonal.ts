// Orthogonal: a random matrix whose columns (or rows, if there are fewer) have length 1 and stand at right angles.
// Saxe and others, 2014. Needs at least two axes.

import { NetwrightError } from '../../lib/errors.ts';
import { normalAt } from '../../lib/random.ts';
import { sizeOf } from '../../tensor/types.ts';
import type { Initializer } from './initializer.ts';

/** `count` random directions in `length` dimensions, each made orthogonal to those before it (modified Gram and Schmidt: the Q of a QR decomposition whose R has a positive diagonal). */
function orthonormalRows(count: number, length: number, key: number): readonly Float64Array[] {
  const rows = Array.from({ length: count }, (_, r) => Float64Array.from({ length }, (_, i) => normalAt(key, r * length + i)));
  rows.forEach((row, r) => {
    for (let before = 0; before < r; before++) subtractProjection(row, rows[before] as Float64Array);
    normalize(row);
  });
  return rows;
}

function normalize(row: Float64Array): void {
  const norm = Math.sqrt(dot(row, row));
  for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) / norm;
}

/** Four sums side by side: a single one would wait for each addition before the next. */
function dot(a: Float64Array, b: Float64Array): number {
  const whole = a.length - (a.length % 4);
  let s0 = 0,
    s1 = 0,
    s2 = 0,
    s3 = 0;
  for (let i = 0; i < whole; i += 4) {
    s0 += (a[i] as number) * (b[i] as number);
    s1 += (a[i + 1] as number) * (b[i + 1] as number);
    s2 += (a[i + 2] as number) * (b[i + 2] as number);
    s3 += (a[i + 3] as number) * (b[i + 3] as number);
  }
  for (let i = whole; i < a.length; i++) s0 += (a[i] as number) * (b[i] as number);
  return s0 + s1 + s2 + s3;
}

function subtractProjection(row: Float64Array, unit: Float64Array): void {
  const share = dot(row, unit);
  for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) - share * (unit[i] as number);
}

export const orthogonal: Initializer = {
  id: 'orthogonal',
  title: 'Orthogonal',
  keras: 'Orthogonal',
  kerasConfig: { seed: null, gain: 1 },
  help: 'A random rotation: signals keep their length through many steps. The usual start of the recurrent kernel.',
  create(shape, key) {
    const columns = shape.at(-1);
    if (shape.length < 2 || columns === undefined) {
      throw new NetwrightError({
        kind: 'project',
        code: 'orthogonal-vector',
        message: 'The orthogonal initializer needs a weight with at least two axes. Choose another one, for instance zeros.',
      });
    }
    const rows = sizeOf(shape) / columns;
    const wide = rows < columns;
    const vectors = orthonormalRows(Math.min(rows, columns), Math.max(rows, columns), key);
    const at = (row: number, column: number) => (wide ? vectors[row]?.[column] : vectors[column]?.[row]) as number;
    return Float32Array.from({ length: rows * columns }, (_, i) => at(Math.floor(i / columns), i % columns));
  },
};
