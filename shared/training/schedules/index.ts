// The list of learning rate schedules. Adding one is a file, its fixture and a line here.

import type { AnySchedule } from '../contracts.ts';
import { resolveParameters } from '../parameters.ts';
import type { TrainingSettings } from '../settings.ts';
import { lookUp } from '../unknown.ts';
import { constant } from './constant.ts';
import { cosineDecay } from './cosineDecay.ts';
import { cosineDecayRestarts } from './cosineDecayRestarts.ts';
import { exponentialDecay } from './exponentialDecay.ts';
import { inverseTimeDecay } from './inverseTimeDecay.ts';
import { piecewiseConstantDecay } from './piecewiseConstantDecay.ts';
import { polynomialDecay } from './polynomialDecay.ts';

export const schedules = {
  constant,
  exponentialDecay,
  inverseTimeDecay,
  polynomialDecay,
  piecewiseConstantDecay,
  cosineDecay,
  cosineDecayRestarts,
} as const satisfies Readonly<Record<string, AnySchedule>>;

/** The rate of a step (from 1), from the rate that is set. */
export type RateOf = (step: number, initial: number) => number;

/** @throws NetwrightError (`unknown-schedule`) that lists the known ones */
export const scheduleOf = (id: string): AnySchedule => lookUp<AnySchedule>(schedules, id, 'schedule', 'training.schedule.id');

/** @throws NetwrightError for an unknown schedule, an unknown parameter or a value out of range */
export function resolveSchedule({ schedule }: Pick<TrainingSettings, 'schedule'>, totalSteps: number): RateOf {
  const definition = scheduleOf(schedule?.id ?? constant.id);
  const { title, fields } = definition;
  const parameters = resolveParameters({ title, fields, place: 'training.schedule.parameters', what: 'schedule' }, schedule?.parameters ?? {});
  definition.check?.(parameters);
  return (step, initial) => definition.rate(step - 1, { initial, totalSteps }, parameters);
}
