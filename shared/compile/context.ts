// What layers see while they lower themselves: the builder, and a notebook of weights, updates and extra losses.

import { initialMisfit } from '../layers/initializers/index.ts';
import { type LayerContext, LayerError, type WeightOptions } from '../layers/layer.ts';
import type { NetworkEdge } from '../network/network.ts';
import type { Builder } from '../tensor/builder.ts';
import { formatShape, sameShape, type Shape, type Tensor } from '../tensor/types.ts';
import type { WeightDeclaration } from './types.ts';

export interface DeclaredWeight {
  readonly declaration: WeightDeclaration;
  /** The program's input. */
  readonly tensor: Tensor;
}

/** Who asks for weights: several nodes may share those of one. */
export interface Caller {
  readonly id: string;
  /** Whose weights it uses; itself where it shares none. */
  readonly owner: { readonly id: string; readonly name: string; readonly trainable?: boolean | undefined };
  /** Whose results its inputs are, in order, by their keys. */
  readonly sources: readonly string[];
}

/** A node's result among all: the first by the node's id, a further one by its place too. */
export const resultKey = (node: string, output = 0): string => (output === 0 ? node : `${node} ${output}`);

/** One lowering of a whole network; `enter` says which node is next, so that its weights carry its owner's name. */
export class LoweringContext implements LayerContext {
  readonly builder: Builder;
  readonly training: boolean;
  readonly losses: Tensor[] = [];
  /** By node: which steps of its result count, where a mask says. */
  readonly masks = new Map<string, Tensor>();
  /** By node: its results after the first. */
  readonly further = new Map<string, readonly Tensor[]>();
  /** In the order of their declaration. */
  readonly weights: DeclaredWeight[] = [];
  private readonly declared = new Map<string, DeclaredWeight>();
  /** The values after this step, by weight. */
  private readonly next = new Map<string, Tensor>();
  private readonly penalized = new Set<Tensor>();
  private caller: Caller = { id: '', owner: { id: '', name: '' }, sources: [] };
  private inputMasks: readonly (Tensor | null)[] = [];
  private mask: Tensor | null | undefined;
  private streams = 0;

  constructor(builder: Builder, training: boolean) {
    this.builder = builder;
    this.training = training;
  }

  get updates(): readonly { readonly name: string; readonly tensor: Tensor }[] {
    return [...this.next].map(([name, tensor]) => ({ name, tensor }));
  }

  get trainable(): boolean {
    return this.caller.owner.trainable ?? true;
  }

  enter(caller: Caller): void {
    this.caller = caller;
    this.inputMasks = caller.sources.map((source) => this.masks.get(source) ?? null);
    this.mask = undefined;
  }

  /** Ends a node: its result has the mask it set, else that of its first input if it `keeps` masks. */
  leave(keeps: boolean): void {
    const mask = this.mask === undefined && keeps ? this.inputMask() : this.mask;
    if (mask) this.masks.set(this.caller.id, mask);
  }

  /** What a connection carries: `first`, or a further result of its source. */
  resultOf<T extends Tensor | null | undefined>({ source, output = 0 }: Pick<NetworkEdge, 'source' | 'output'>, first: T): Tensor | T | undefined {
    return output === 0 ? first : this.further.get(source)?.[output - 1];
  }

  inputMask(input = 0): Tensor | null {
    return this.inputMasks[input] ?? null;
  }

  setMask(mask: Tensor | null): void {
    this.mask = mask;
  }

  giveMore(results: readonly Tensor[], masks: readonly (Tensor | null)[] = []): void {
    for (const [i, mask] of masks.entries()) if (mask) this.masks.set(resultKey(this.caller.id, i + 1), mask);
    this.further.set(this.caller.id, results);
  }

  weight(name: string, shape: Shape, options: WeightOptions): Tensor {
    const { owner } = this.caller,
      full = `${owner.name}/${name}`,
      known = this.declared.get(full);
    if (known) return this.again(known, name, shape);
    const misfit = initialMisfit(options.initializer, shape);
    if (misfit)
      throw new LayerError({
        code: 'initializer',
        what: misfit,
        why: `Its ${name.replaceAll('_', ' ')} is ${formatShape(shape)}. Choose another initializer.`,
      });
    const tensor = this.builder.input(full, shape, 'float32', { kind: 'state' });
    const trainable = this.trainable && (options.trainable ?? true);
    const weight = {
      declaration: { name: full, node: owner.id, shape: [...shape], initializer: options.initializer, trainable, constraint: options.constraint },
      tensor,
    };
    this.declared.set(full, weight);
    this.weights.push(weight);
    return tensor;
  }

  /** A weight at another place of its layer: the same one, with what the places before have added to it in this step. */
  private again({ declaration, tensor }: DeclaredWeight, name: string, shape: Shape): Tensor {
    if (!sameShape(declaration.shape, shape)) {
      throw new LayerError({
        code: 'shared-shape',
        input: 0,
        what: `It shares the weights of ${this.caller.owner.name}, whose ${name.replaceAll('_', ' ')} is ${formatShape(declaration.shape)} elsewhere; here it would be ${formatShape(shape)}.`,
        why: 'One layer used at several places must get inputs of the same number of features at each.',
      });
    }
    return this.next.get(declaration.name) ?? tensor;
  }

  update(weight: Tensor, value: Tensor): void {
    if (!this.training) return;
    const name = this.nameOf(weight);
    if (name === undefined) throw new Error('A layer updated something that is not its weight.');
    this.next.set(name, value);
  }

  private nameOf(weight: Tensor): string | undefined {
    for (const [name, { tensor }] of this.declared) if (tensor === weight || this.next.get(name) === weight) return name;
    return undefined;
  }

  random(distribution: 'uniform' | 'normal', shape: Shape): Tensor {
    const stream = this.streams++;
    return this.builder.input(`random/${stream}`, shape, 'float32', { kind: 'random', distribution, stream });
  }

  addLoss(loss: Tensor, of?: Tensor): void {
    if (of && (!this.trainable || this.penalized.has(of))) return;
    if (of) this.penalized.add(of);
    this.losses.push(loss);
  }
}
