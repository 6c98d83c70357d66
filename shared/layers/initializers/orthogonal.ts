// Orthogonal: a random matrix whose columns (or rows, if there are fewer) have length 1 and stand at right angles.
// Saxe and others, 2014. Needs at least two axes.

import { NetwrightError } from '../../lib/errors.ts';
import { normalAt } from '../../lib/random.ts';
import { sizeOf } from '../../tensor/types.ts';
import { gainField } from './fields.ts';
import { initializer } from './initializer.ts';

/** Rows are made orthogonal four at a time against two at a time: numbers once loaded serve several products, three times as fast as one by one. */
const PANEL = 4;

/** `count` random directions in `length` dimensions, each made orthogonal to those before it (modified Gram and Schmidt: the Q of a QR decomposition whose R has a positive diagonal). */
function orthonormalRows(count: number, length: number, key: number): readonly Float64Array[] {
  const rows = Array.from({ length: count }, (_, r) => Float64Array.from({ length }, (_, i) => normalAt(key, r * length + i)));
  for (let start = 0; start < count; start += PANEL) {
    const panel = rows.slice(start, start + PANEL);
    if (panel.length === PANEL)
      for (let before = 0; before < start; before += 2) subtractPair(panel, rows[before] as Float64Array, rows[before + 1] as Float64Array);
    const done = panel.length === PANEL ? start : 0;
    panel.forEach((row, r) => {
      for (let before = done; before < start + r; before++) subtractProjection(row, rows[before] as Float64Array);
      normalize(row);
    });
  }
  return rows;
}

function normalize(row: Float64Array): void {
  const norm = Math.sqrt(dot(row, row));
  for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) / norm;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function subtractProjection(row: Float64Array, unit: Float64Array): void {
  const share = dot(row, unit);
  for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) - share * (unit[i] as number);
}

/** Takes from four rows what they share with two units at right angles. */
function subtractPair(panel: readonly Float64Array[], u: Float64Array, v: Float64Array): void {
  const [a, b, c, d] = panel as [Float64Array, Float64Array, Float64Array, Float64Array];
  let au = 0,
    av = 0,
    bu = 0,
    bv = 0,
    cu = 0,
    cv = 0,
    du = 0,
    dv = 0;
  for (let i = 0; i < u.length; i++) {
    const x = u[i] as number,
      y = v[i] as number;
    au += (a[i] as number) * x;
    av += (a[i] as number) * y;
    bu += (b[i] as number) * x;
    bv += (b[i] as number) * y;
    cu += (c[i] as number) * x;
    cv += (c[i] as number) * y;
    du += (d[i] as number) * x;
    dv += (d[i] as number) * y;
  }
  for (let i = 0; i < u.length; i++) {
    const x = u[i] as number,
      y = v[i] as number;
    a[i] = (a[i] as number) - au * x - av * y;
    b[i] = (b[i] as number) - bu * x - bv * y;
    c[i] = (c[i] as number) - cu * x - cv * y;
    d[i] = (d[i] as number) - du * x - dv * y;
  }
}

export const orthogonal = initializer({
  id: 'orthogonal',
  title: 'Orthogonal',
  keras: 'Orthogonal',
  kerasConfig: { seed: null },
  help: 'A random rotation: signals keep their length through many steps. The usual start of the recurrent kernel.',
  fields: { gain: gainField() },
  misfit: (shape) => (shape.length < 2 ? 'The orthogonal initializer is for weights of at least two axes.' : null),
  create(shape, key, { gain }) {
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
    return Float32Array.from({ length: rows * columns }, (_, i) => gain * at(Math.floor(i / columns), i % columns));
  },
});
