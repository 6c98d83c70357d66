// The contracts of losses, metrics and optimizers: pure functions that write themselves into the train step.

import type { Fields, Values } from '../lib/fields.ts';
import type { Builder } from '../tensor/builder.ts';
import type { Shape, Tensor } from '../tensor/types.ts';
import { weightedField } from './metrics/weighted.ts';
import { commonFields } from './optimizers/commonFields.ts';
import { type Reduction, reductionFields } from './losses/reduction.ts';
import { bothCounted, reduced, type Weighing } from './losses/weightedMean.ts';

/** What a dataset asks for: one of several classes, yes or no, or numbers (regression). */
export type Task = 'classes' | 'binary' | 'numbers';
/** How labels must come: `classes` integers, `oneHot` a row per class, `binary` 0 or 1 of the prediction's shape, `numbers` of the prediction's shape. */
export type LabelForm = 'classes' | 'oneHot' | 'binary' | 'numbers';

/** A loss as its file writes it. */
export interface LossRule<F extends Fields = Fields> {
  readonly id: string;
  readonly title: string;
  /** Keras' function name: `sparse_categorical_crossentropy`; null where Keras has none. */
  readonly keras: string | null;
  readonly help: string;
  readonly formula: string;
  readonly fields: F;
  readonly labels: LabelForm;
  /** `otherwise`: what the network gives is no answer that could be compared with a label (vectors, scores to be decoded), so no metric applies. */
  readonly answers?: 'otherwise';
  /**
   * The loss of every sample (and of every position of it), float32 [batch, …]: the prediction's shape without the last axis. A scalar where
   * it is defined for a batch as a whole.
   * @param labels float32 of the prediction's shape, or int32 [batch, …] for `classes`
   * @param prediction float32 [batch, …]
   */
  values(builder: Builder, labels: Tensor, prediction: Tensor, parameters: Values<F>): Tensor;
  /** 1 for labels that count, 0 for those that are left out, float32 of the values' shape; null: all count. */
  counted?(builder: Builder, labels: Tensor, parameters: Values<F>): Tensor | null;
}

export interface LossDefinition<F extends Fields = Fields> extends LossRule<F> {
  readonly fields: F & typeof reductionFields;
  /** The loss of the batch, a float32 scalar: all values, each times its weight first, brought together by the `reduction`; left out, their mean. */
  lower(builder: Builder, labels: Tensor, prediction: Tensor, parameters: Values<F> & { readonly reduction?: Reduction }, weighing?: Weighing): Tensor;
}

/** From sums that were added over batches to the value of all their samples. */
export type MetricResult = (sums: ArrayLike<number>) => number;

/**
 * A metric counts: every batch gives a few sums, the sums of all batches are added, and `result` makes the value of them. So an epoch's
 * value is exact for metrics that are no mean over samples too (precision, AUC, R²), whatever the batches were.
 */
export interface MetricDefinition<F extends Fields = Fields> {
  readonly id: string;
  readonly title: string;
  /** Keras' key in its history: `accuracy`. */
  readonly keras: string;
  readonly help: string;
  /** Whether a larger value is better. */
  readonly better: 'higher' | 'lower';
  /** The tasks for which its number means something. */
  readonly tasks: readonly Task[];
  readonly fields: F;
  /** Whether it is a mean over samples and their steps, of which padding does not count. */
  readonly isMean?: true;
  /** The sums of one batch, float32 [n]. `form` says how labels come, as for the loss; `mask` how much each sample or step counts: for means padding does not, and where weights are looked at they say it. */
  lower(builder: Builder, labels: Tensor, prediction: Tensor, form: LabelForm, parameters: Values<F>, mask?: Tensor): Tensor;
  result(sums: ArrayLike<number>, parameters: Values<F>): number;
}

export interface OptimizerContext {
  readonly builder: Builder;
  /** float32 scalars set by the trainer: the rate of this step, and the number of this step counted from 1. */
  readonly learningRate: Tensor;
  readonly step: Tensor;
  /** A slot of the weight's shape or one of its own, kept between steps, zero at first. Names are Keras': `momentum`, `velocity`. */
  slot(name: string, shape?: Shape): Tensor;
  update(slot: string, value: Tensor): void;
}

/** An optimizer as its file writes it: its own parameters and its own step. */
export interface OptimizerRule<F extends Fields = Fields> {
  readonly id: string;
  readonly title: string;
  /** Keras' class name: `RMSprop`. */
  readonly keras: string;
  readonly help: string;
  readonly formula: string;
  /** `learningRate` is always one of them. */
  readonly fields: F;
  /** The weight after the step. Clipping, decay and averaging are done around it (optimizers/updates.ts). */
  lower(context: OptimizerContext, weight: Tensor, gradient: Tensor, parameters: Values<F>): Tensor;
}
/** With the parameters that all optimizers have; its own of the same name come first. */
export type OptimizerDefinition<F extends Fields = Fields> = OptimizerRule<F & Omit<typeof commonFields, keyof F>>;

/** How the learning rate changes with the steps: a pure function, so a picture of it is the truth. */
export interface ScheduleDefinition<F extends Fields = Fields> {
  readonly id: string;
  readonly title: string;
  /** Keras' class name: `ExponentialDecay`. */
  readonly keras: string;
  readonly help: string;
  readonly formula: string;
  readonly fields: F;
  /** @throws NetwrightError where parameters do not fit each other; optional */
  check?(parameters: Values<F>): void;
  /**
   * The learning rate of a step.
   * @param step steps done before it: 0 at the first, as Keras counts
   */
  rate(step: number, run: { readonly initial: number; readonly totalSteps: number }, parameters: Values<F>): number;
}

/** What a callback remembers between epochs: plain numbers, part of every checkpoint. */
export type CallbackState = Readonly<Record<string, number | null>>;
export interface EpochSeen {
  /** Counted from 1. */
  readonly epoch: number;
  readonly values: Readonly<Record<string, number>>;
  readonly learningRate: number;
}
/** What a callback wants after an epoch. */
export interface CallbackWish {
  readonly state: CallbackState;
  /** The rate from now on. */
  readonly learningRate?: number;
  /** The weights of this moment are the best so far: keep them. */
  readonly keep?: boolean;
  /** Training ends, with the reason in words. */
  readonly stop?: string;
}
/** What happens at the end of every epoch, as a pure function of what it remembers and what it sees. */
export interface CallbackDefinition<F extends Fields = Fields> {
  readonly id: string;
  readonly title: string;
  /** Keras' class name: `EarlyStopping`; null where Keras has none. */
  readonly keras: string | null;
  readonly help: string;
  /** `monitor` is always one of them. */
  readonly fields: F;
  readonly start: CallbackState;
  epoch(state: CallbackState, seen: EpochSeen, parameters: Values<F>): CallbackWish;
  /** Whether the best weights take the place of the last ones when training ends. */
  restores(parameters: Values<F>): boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: lists of definitions with different parameters
export type AnyLoss = LossDefinition<any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyMetric = MetricDefinition<any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnySchedule = ScheduleDefinition<any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyCallback = CallbackDefinition<any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyOptimizer = OptimizerRule<any>;

/** Declares a loss by its values; how they come together is the same for all. */
export function loss<const F extends Fields>(rule: LossRule<F>): LossDefinition<F> {
  return {
    ...rule,
    fields: { ...rule.fields, ...reductionFields },
    lower(builder, labels, prediction, parameters, weighing = {}) {
      const counted = rule.counted?.(builder, labels, parameters) ?? null;
      const mask = bothCounted(builder, weighing.mask, counted);
      return reduced(builder, rule.values(builder, labels, prediction, parameters), { ...weighing, ...(mask && { mask }) }, parameters.reduction);
    },
  };
}
/** With the parameter `weighted`, which the score heeds. */
export function metric<const F extends Fields>(definition: MetricDefinition<F>): MetricDefinition<F> {
  return { ...definition, fields: { ...definition.fields, ...weightedField } };
}
export function schedule<const F extends Fields>(definition: ScheduleDefinition<F>): ScheduleDefinition<F> {
  return definition;
}
export function callback<const F extends Fields>(definition: CallbackDefinition<F>): CallbackDefinition<F> {
  return definition;
}
export function optimizer<const F extends Fields>(rule: OptimizerRule<F>): OptimizerDefinition<F> {
  return { ...rule, fields: { ...commonFields, ...rule.fields } } as unknown as OptimizerDefinition<F>;
}
