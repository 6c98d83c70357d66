// Ones: every number starts at 1.

import { sizeOf } from '../../tensor/types.ts';
import type { Initializer } from './initializer.ts';

export const ones: Initializer = {
  id: 'ones',
  title: 'Ones',
  keras: 'Ones',
  kerasConfig: {},
  help: 'Starts at 1. Right for scales, such as gamma in batch normalization.',
  create: (shape) => new Float32Array(sizeOf(shape)).fill(1),
};
