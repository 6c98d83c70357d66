// A LayerContext that keeps what a layer asks for, for tests. The real one is in shared/compile.

import { type Builder, createBuilder } from '../../tensor/builder.ts';
import type { Shape, Tensor } from '../../tensor/types.ts';
import type { LayerContext, WeightOptions } from '../layer.ts';

export interface RecordedWeight {
  readonly name: string;
  readonly shape: Shape;
  readonly options: WeightOptions;
  readonly tensor: Tensor;
}

export class RecordingContext implements LayerContext {
  readonly builder: Builder = createBuilder();
  readonly training: boolean;
  readonly trainable: boolean;
  readonly weights: RecordedWeight[] = [];
  readonly updates = new Map<string, Tensor>();
  readonly losses: Tensor[] = [];
  inputMasks: readonly (Tensor | null)[] = [];
  /** What the layer said of its result's mask; undefined: nothing. */
  mask: Tensor | null | undefined;
  readonly further: Tensor[] = [];
  randomInputs = 0;

  constructor(training: boolean, trainable = true) {
    this.training = training;
    this.trainable = trainable;
  }

  weight(name: string, shape: Shape, options: WeightOptions): Tensor {
    // A weight asked for again is the same one, with what was added to it in between.
    const known = this.weights.find((weight) => weight.name === name);
    if (known) return this.updates.get(name) ?? known.tensor;
    const tensor = this.builder.input(name, shape, 'float32', { kind: 'state' });
    this.weights.push({ name, shape, options, tensor });
    return tensor;
  }

  update(weight: Tensor, value: Tensor): void {
    const recorded = this.weights.find(({ name, tensor }) => tensor.id === weight.id || this.updates.get(name)?.id === weight.id);
    if (!recorded) throw new Error('A layer updates something that is not its weight.');
    this.updates.set(recorded.name, value);
  }

  random(distribution: 'uniform' | 'normal', shape: Shape): Tensor {
    const stream = this.randomInputs++;
    return this.builder.input(`random${stream}`, shape, 'float32', { kind: 'random', distribution, stream });
  }

  addLoss(loss: Tensor): void {
    this.losses.push(loss);
  }

  inputMask(input = 0): Tensor | null {
    return this.inputMasks[input] ?? null;
  }

  setMask(mask: Tensor | null): void {
    this.mask = mask;
  }

  giveMore(results: readonly Tensor[]): void {
    this.further.push(...results);
  }
}
