// The list of losses. Adding one is a file, its test and a line here.

import type { AnyLoss } from '../contracts.ts';
import { lookUp } from '../unknown.ts';
import { binaryCrossentropy } from './binaryCrossentropy.ts';
import { binaryFocalCrossentropy } from './binaryFocalCrossentropy.ts';
import { categoricalCrossentropy } from './categoricalCrossentropy.ts';
import { categoricalFocalCrossentropy } from './categoricalFocalCrossentropy.ts';
import { categoricalGeneralizedCrossEntropy } from './categoricalGeneralizedCrossEntropy.ts';
import { categoricalHinge } from './categoricalHinge.ts';
import { circle } from './circle.ts';
import { cosineSimilarity } from './cosineSimilarity.ts';
import { ctc } from './ctc.ts';
import { dice } from './dice.ts';
import { hinge } from './hinge.ts';
import { huber } from './huber.ts';
import { kullbackLeiblerDivergence } from './kullbackLeiblerDivergence.ts';
import { logCosh } from './logCosh.ts';
import { meanAbsoluteError } from './meanAbsoluteError.ts';
import { meanAbsolutePercentageError } from './meanAbsolutePercentageError.ts';
import { meanSquaredError } from './meanSquaredError.ts';
import { meanSquaredLogarithmicError } from './meanSquaredLogarithmicError.ts';
import { perceptron } from './perceptron.ts';
import { poisson } from './poisson.ts';
import { sparseCategoricalCrossentropy } from './sparseCategoricalCrossentropy.ts';
import { squaredHinge } from './squaredHinge.ts';
import { tversky } from './tversky.ts';

export const losses = {
  sparseCategoricalCrossentropy,
  categoricalCrossentropy,
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalGeneralizedCrossEntropy,
  meanSquaredError,
  meanAbsoluteError,
  huber,
  logCosh,
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  poisson,
  cosineSimilarity,
  kullbackLeiblerDivergence,
  hinge,
  perceptron,
  squaredHinge,
  categoricalHinge,
  dice,
  tversky,
  circle,
  ctc,
} as const satisfies Readonly<Record<string, AnyLoss>>;

export type LossId = keyof typeof losses;
export const lossIds = Object.keys(losses) as readonly LossId[];

/** @throws NetwrightError (`unknown-loss`) that lists the known ones */
export const lossOf = (id: string): AnyLoss => lookUp<AnyLoss>(losses, id, 'loss', 'training.loss');

/** Whether what a network gives under this loss is no answer to be compared with a label. */
export const answersOtherwise = (id: string | undefined): boolean =>
  id !== undefined && Object.hasOwn(losses, id) && (losses[id as LossId] as AnyLoss).answers === 'otherwise';
