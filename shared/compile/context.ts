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
  /** By node: which steps of its result count, where a mask says. */
  readonly masks = new Map<string, Tensor>();
  private node = { id: '', name: '' };
  private inputMasks: readonly (Tensor | null)[] = [];
  private mask: Tensor | null | undefined;
  private streams = 0;

  constructor(builder: Builder, training: boolean) {
    this.builder = builder;
    this.training = training;
  }

  /** @param sources the nodes its inputs come from, in order */
  enter(node: { readonly id: string; readonly name: string }, sources: readonly string[]): void {
    this.node = node;
    this.inputMasks = sources.map((source) => this.masks.get(source) ?? null);
    this.mask = undefined;
  }

  /** Ends a node: its result has the mask it set, else that of its first input if it `keeps` masks. */
  leave(keeps: boolean): void {
    const mask = this.mask === undefined && keeps ? this.inputMask() : this.mask;
    if (mask) this.masks.set(this.node.id, mask);
  }

  inputMask(input = 0): Tensor | null {
    return this.inputMasks[input] ?? null;
  }

  setMask(mask: Tensor | null): void {
    this.mask = mask;
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
