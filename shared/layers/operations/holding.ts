// Operations with numbers of their own, which stand in a model's code and are never learned: the same for every sample, or a matrix.

import { shape } from '../../lib/fields.ts';
import { LayerError } from '../layer.ts';
import { tensorOperation } from './contract.ts';
import { listed, numbersFor } from './placing.ts';
import { alongLast } from './running.ts';

export const constant = tensorOperation({
  id: 'constant',
  title: 'constant',
  help: 'The same numbers for every sample, whatever comes in; a formula behind it adds or multiplies them, as positions in a transformer.',
  fields: {
    shape: shape({ label: 'Shape', help: 'Sizes of the axes, without the batch.', default: [1] }),
    values: listed('Values', 'All of them, row by row.'),
  },
  lower(builder, x, p) {
    const numbers = builder.constant(numbersFor(p.values, p.shape), [1, ...p.shape]);
    return [builder.broadcastTo(numbers, { shape: [x.shape[0] as number, ...p.shape] })];
  },
  // Keras has no such layer: it stands in the call of what follows.
  keras: () => ({ module: 'core', className: 'Constant', config: {} }),
});

export const matmul = tensorOperation({
  id: 'matmul',
  title: 'matmul',
  help: 'The features times a matrix that is not learned.',
  fields: {
    shape: shape({ label: 'Shape', help: 'Rows, as many as features come in, and columns of the matrix.', default: [1, 1] }),
    values: listed('Values', 'All of the matrix, row by row.'),
  },
  lower(builder, x, p) {
    const [rows, columns] = p.shape;
    if (p.shape.length !== 2 || rows !== x.shape.at(-1))
      throw new LayerError({
        code: 'shape-mismatch',
        parameter: 'operation',
        input: 0,
        what: `The matrix needs ${x.shape.at(-1)} rows, as many as features come in, but it has ${rows}.`,
      });
    return [alongLast(builder, x, builder.constant(numbersFor(p.values, p.shape), [rows as number, columns as number]))];
  },
  keras: (p) => ({ module: 'numpy', className: 'Matmul', config: {}, args: [new Numbers(p.shape, p.values)] }),
});

/** Numbers of a shape in the call of an operation. */
export class Numbers {
  readonly shape: readonly number[];
  readonly values: string;

  constructor(ofShape: readonly number[], values: string) {
    this.shape = ofShape;
    this.values = values;
  }
}
