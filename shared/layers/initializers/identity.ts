// Identity: 1 on the diagonal, 0 elsewhere. For matrices alone.

import { NetwrightError } from '../../lib/errors.ts';
import { gainField } from './fields.ts';
import { initializer } from './initializer.ts';

export const identity = initializer({
  id: 'identity',
  title: 'Identity',
  keras: 'Identity',
  kerasConfig: {},
  help: 'Hands every value on as it is. As a recurrent kernel it keeps the memory at first (Le, Jaitly and Hinton, 2015); for matrices of two axes alone.',
  fields: { gain: gainField() },
  misfit: (shape) => (shape.length === 2 ? null : 'The identity initializer is for weights of exactly two axes.'),
  create([rows, columns, ...more], _key, { gain }) {
    if (rows === undefined || columns === undefined || more.length > 0) {
      throw new NetwrightError({
        kind: 'project',
        code: 'identity-shape',
        message: 'The identity initializer needs a weight with exactly two axes. Choose another one, for instance glorotUniform.',
      });
    }
    const data = new Float32Array(rows * columns);
    for (let i = 0; i < Math.min(rows, columns); i++) data[i * columns + i] = gain;
    return data;
  },
});
