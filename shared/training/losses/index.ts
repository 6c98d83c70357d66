// The list of losses. Adding one is a file, its test and a line here.

import type { AnyLoss } from '../contracts.ts';
import { lookUp } from '../unknown.ts';
import { binaryCrossentropy } from './binaryCrossentropy.ts';
import { categoricalCrossentropy } from './categoricalCrossentropy.ts';
import { meanAbsoluteError } from './meanAbsoluteError.ts';
import { meanSquaredError } from './meanSquaredError.ts';
import { sparseCategoricalCrossentropy } from './sparseCategoricalCrossentropy.ts';

export const losses = {
  sparseCategoricalCrossentropy,
  categoricalCrossentropy,
  binaryCrossentropy,
  meanSquaredError,
  meanAbsoluteError,
} as const satisfies Readonly<Record<string, AnyLoss>>;

export type LossId = keyof typeof losses;
export const lossIds = Object.keys(losses) as readonly LossId[];

/** @throws NetwrightError (`unknown-loss`) that lists the known ones */
export const lossOf = (id: string): AnyLoss => lookUp<AnyLoss>(losses, id, 'loss', 'training.loss');
