// Constant: every number starts at the same one.

import { sizeOf } from '../../tensor/types.ts';
import { limitField } from './fields.ts';
import { initializer } from './initializer.ts';

export const constant = initializer({
  id: 'constant',
  title: 'Constant',
  keras: 'Constant',
  kerasConfig: {},
  help: 'Starts at one number. For biases that should begin with an opinion, such as the share of a rare class.',
  fields: { value: limitField('Value', 0) },
  create: (shape, _key, { value }) => new Float32Array(sizeOf(shape)).fill(value),
});
