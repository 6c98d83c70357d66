// ReLU6: a ReLU that ends at 6.

import type { Activation } from './activation.ts';
import { cutBetween } from './pieces.ts';

export const relu6: Activation = {
  id: 'relu6',
  title: 'ReLU6',
  formula: 'min(max(0, x), 6)',
  help: 'A ReLU whose outputs stay small enough for low-precision devices; known from MobileNet.',
  lower: (builder, x) => cutBetween(builder, x, 6),
};
