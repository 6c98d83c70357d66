// The update of all weights at one step: clipping, decay, the optimizer's own step, averaging, constraints, in Keras' order.
// What one optimizer does with one weight stands in its own file.

import type { Builder } from '../../tensor/builder.ts';
import type { ProgramOutput, Shape, Tensor } from '../../tensor/types.ts';
import type { AnyOptimizer } from '../contracts.ts';
import { clipped } from './clip.ts';

/** A weight to be updated; its names are the program's. */
export interface TrainedWeight {
  readonly name: string;
  readonly tensor: Tensor;
  readonly gradient: Tensor;
  /** What the weight must satisfy after every step. */
  readonly constraint?: (builder: Builder, weight: Tensor) => Tensor;
}
export interface UpdateContext {
  readonly builder: Builder;
  readonly learningRate: Tensor;
  readonly step: Tensor;
  /** Declares a state, mostly of a weight's shape, zero at first, under its full name. */
  slot(name: string, shape: Shape): Tensor;
}
/** The parameters every optimizer has; see commonFields.ts. */
interface CommonParameters {
  readonly weightDecay: number | null;
  readonly clipnorm: number | null;
  readonly globalClipnorm: number | null;
  readonly clipvalue: number | null;
  readonly useEma: boolean;
  readonly emaMomentum: number;
  readonly emaOverwriteFrequency: number | null;
  readonly gradientAccumulationSteps: number | null;
}
interface Chosen {
  readonly definition: AnyOptimizer;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export const slotName = (optimizer: string, weight: string, slot: string): string => `${optimizer}/${weight}/${slot}`;
/** The slot that holds the running average of a weight. */
export const averageSlot = 'average';
/** The slot that holds the gradients of batches that have not updated it yet. */
export const accumulatorSlot = 'gradient_accumulator';

/** True at every n-th step. */
function everyNth({ builder, step }: UpdateContext, n: number): Tensor {
  const size = builder.constant(n);
  return builder.equal(builder.multiply(builder.floor(builder.divide(step, size)), size), step);
}

/** Keras counts updates where gradients are accumulated, not batches: 1 for the first n of them, then 2, … */
function updateNumber({ builder, step }: UpdateContext, n: number): Tensor {
  const one = builder.constant(1);
  return builder.add(builder.floor(builder.divide(builder.subtract(step, one), builder.constant(n))), one);
}

/** One optimizer over all weights; `updates` fills while it works. */
class Updates {
  readonly updates: ProgramOutput[] = [];
  private readonly context: UpdateContext;
  private readonly chosen: Chosen;
  private readonly common: CommonParameters;
  /** Null where every step updates; else whether this one does. */
  private readonly isUpdate: Tensor | null;

  constructor(context: UpdateContext, chosen: Chosen) {
    this.chosen = chosen;
    this.common = chosen.parameters as unknown as CommonParameters;
    const { gradientAccumulationSteps } = this.common;
    this.isUpdate = gradientAccumulationSteps ? everyNth(context, gradientAccumulationSteps) : null;
    this.context = gradientAccumulationSteps ? { ...context, step: updateNumber(context, gradientAccumulationSteps) } : context;
  }

  private slot(weight: TrainedWeight, name: string, shape = weight.tensor.shape): Tensor {
    return this.context.slot(slotName(this.chosen.definition.id, weight.name, name), shape);
  }

  private update(weight: TrainedWeight, slot: string, tensor: Tensor): void {
    this.updates.push({ name: slotName(this.chosen.definition.id, weight.name, slot), tensor });
  }

  /** The new value where this step updates, else the old one. */
  private ifUpdate(value: Tensor, before: Tensor): Tensor {
    return this.isUpdate ? this.context.builder.select(this.isUpdate, value, before) : value;
  }

  /** The mean of the gradients of the last batches; adds this batch's to them. */
  private accumulated(weight: TrainedWeight): TrainedWeight {
    const { builder } = this.context,
      { gradientAccumulationSteps } = this.common;
    if (!gradientAccumulationSteps) return weight;
    const sum = builder.add(weight.gradient, this.slot(weight, accumulatorSlot));
    this.update(weight, accumulatorSlot, this.ifUpdate(builder.constant(0, weight.tensor.shape), sum));
    return { ...weight, gradient: builder.divide(sum, builder.constant(gradientAccumulationSteps)) };
  }

  private decayed(weight: Tensor): Tensor {
    const { builder, learningRate } = this.context,
      { weightDecay } = this.common;
    if (!weightDecay) return weight;
    return builder.subtract(weight, builder.multiply(builder.multiply(weight, builder.constant(weightDecay)), learningRate));
  }

  private stepped(weight: TrainedWeight): Tensor {
    const { definition, parameters } = this.chosen;
    const before = new Map<string, Tensor>();
    const slot = (name: string, shape?: Shape) => {
      const tensor = this.slot(weight, name, shape);
      before.set(name, tensor);
      return tensor;
    };
    const update = (name: string, value: Tensor) => this.update(weight, name, this.ifUpdate(value, before.get(name) as Tensor));
    const next = definition.lower({ ...this.context, slot, update }, this.decayed(weight.tensor), weight.gradient, parameters);
    return this.ifUpdate(next, weight.tensor);
  }

  /** Follows the weight with its average, which starts at the first step's weight and may take its place. */
  private averaged(weight: TrainedWeight, value: Tensor): Tensor {
    const { builder, step } = this.context,
      { useEma, emaMomentum, emaOverwriteFrequency } = this.common;
    if (!useEma) return value;
    const one = builder.constant(1);
    const later = builder.cast(builder.greater(step, one), { dtype: 'float32' });
    const momentum = builder.multiply(later, builder.constant(emaMomentum));
    const kept = builder.multiply(momentum, this.slot(weight, averageSlot));
    const average = builder.add(kept, builder.multiply(builder.subtract(one, momentum), value));
    this.update(weight, averageSlot, average);
    return emaOverwriteFrequency ? builder.select(everyNth(this.context, emaOverwriteFrequency), average, value) : value;
  }

  run(weights: readonly TrainedWeight[]): readonly ProgramOutput[] {
    const { builder } = this.context;
    for (const weight of clipped(
      builder,
      weights.map((one) => this.accumulated(one)),
      this.common,
    )) {
      const value = this.averaged(weight, this.stepped(weight));
      this.updates.push({ name: weight.name, tensor: weight.constraint ? weight.constraint(builder, value) : value });
    }
    return this.updates;
  }
}

/** New values of all weights and slots after one step. */
export const lowerUpdates = (context: UpdateContext, chosen: Chosen, weights: readonly TrainedWeight[]): readonly ProgramOutput[] =>
  new Updates(context, chosen).run(weights);
