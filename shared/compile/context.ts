// What layers see while they lower themselves: the builder, and a notebook of weights, updates and extra losses.

import type { LayerContext, WeightOptions } from '../layers/layer.ts';
import type { Builder } from '../tensor/builder.ts';
import type { Shape, Tensor } from '../tensor/types.ts';
import type { WeightDeclaration } from './types.ts';

export interface DeclaredWeight {
  readonly declaration: WeightDeclaration;
  readonly tensor: Tensor;
}

/** One lowering of a whole network; `enter` says which node is next, so that its weights carry its name. */
export class LoweringContext implements LayerContext {
  readonly builder: Builder;
  readonly training: boolean;
  readonly weights: DeclaredWeight[] = [];
  readonly updates: { readonly name: string; readonly tensor: Tensor }[] = [];
  readonly losses: Tensor[] = [];
  private node = { id: '', name: '' };
  private streams = 0;

  constructor(builder: Builder, training: boolean) {
    this.builder = builder;
    this.training = training;
  }

  enter(node: { readonly id: string; readonly name: string }): void {
    this.node = node;
  }

  weight(name: string, shape: Shape, options: WeightOptions): Tensor {
    const full = `${this.node.name}/${name}`;
    const tensor = this.builder.input(full, shape, 'float32', { kind: 'state' });
    const declaration = { name: full, node: this.node.id, shape: [...shape], initializer: options.initializer, trainable: options.trainable ?? true };
    this.weights.push({ declaration, tensor });
    return tensor;
  }

  update(weight: Tensor, value: Tensor): void {
    if (!this.training) return;
    const declared = this.weights.find((one) => one.tensor === weight);
    if (!declared) throw new Error('A layer updated something that is not its weight.');
    this.updates.push({ name: declared.declaration.name, tensor: value });
  }

  random(distribution: 'uniform' | 'normal', shape: Shape): Tensor {
    const stream = this.streams++;
    return this.builder.input(`random/${stream}`, shape, 'float32', { kind: 'random', distribution, stream });
  }

  addLoss(loss: Tensor): void {
    this.losses.push(loss);
  }
}
