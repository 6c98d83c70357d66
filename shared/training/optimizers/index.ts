// The list of optimizers. Adding one is a file, its test and a line here.

import type { AnyOptimizer } from '../contracts.ts';
import type { OptimizerSettings } from '../settings.ts';
import { lookUp } from '../unknown.ts';
import { adadelta } from './adadelta.ts';
import { adafactor } from './adafactor.ts';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { adamax } from './adamax.ts';
import { adamW } from './adamW.ts';
import { ftrl } from './ftrl.ts';
import { lamb } from './lamb.ts';
import { lion } from './lion.ts';
import { nadam } from './nadam.ts';
import { type Resolved, resolveOptimizerParameters } from './resolve.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

export const optimizers = { adam, adamW, adamax, nadam, rmsprop, sgd, adagrad, adadelta, lion, lamb, ftrl, adafactor } as const satisfies Readonly<
  Record<string, AnyOptimizer>
>;

export type OptimizerId = keyof typeof optimizers;
export const optimizerIds = Object.keys(optimizers) as readonly OptimizerId[];

/** @throws NetwrightError (`unknown-optimizer`) that lists the known ones */
export const optimizerOf = (id: string): AnyOptimizer => lookUp<AnyOptimizer>(optimizers, id, 'optimizer', 'training.optimizer.id');

export interface ResolvedOptimizer {
  readonly definition: AnyOptimizer;
  readonly parameters: Resolved;
}

/** An optimizer with all its parameters. @throws NetwrightError for an unknown optimizer, an unknown parameter or a value out of range */
export function resolveOptimizer(settings: OptimizerSettings): ResolvedOptimizer {
  const definition = optimizerOf(settings.id);
  return { definition, parameters: resolveOptimizerParameters(definition, settings.parameters) };
}
