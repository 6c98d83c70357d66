// The contract of a layer: everything the app, the compiler, the exports and the tests need to know, in one object.
// A layer is a pure function that writes itself into a tensor program; it never runs anything.

import type { Field, Fields, Values } from '../lib/fields.ts';
import type { Builder } from '../tensor/builder.ts';
import { formatShape, type Shape, type Tensor } from '../tensor/types.ts';
import type { Constraint } from './constraints/constraint.ts';
import type { Initial } from './initializers/index.ts';

export type Family = 'core' | 'convolution' | 'pooling' | 'recurrent' | 'attention' | 'normalization' | 'regularization' | 'merge';

/** Where a palette shows it apart from its family. */
export type Group = 'activations' | 'reshaping' | 'images' | 'further';

/**
 * What one number of the result depends on. `place`: on the inputs' numbers at its own place (and of all channels there);
 * `window`: on a patch, by `kernelSize` or `poolSize`, `strides` and `dilationRate`; `all`: on everything.
 */
export type Sight = 'place' | 'window' | 'all';

export interface WeightOptions {
  readonly initializer: Initial;
  /** False for what training keeps but the optimizer does not touch (moving statistics). */
  readonly trainable?: boolean;
  /** What it is brought back to after every step of the optimizer. */
  readonly constraint?: Constraint | undefined;
}

/** What a layer may do while it lowers itself. Names are its own (`kernel`); the compiler puts the node's name before them. */
export interface LayerContext {
  readonly builder: Builder;
  /** True in the train step: dropout drops, batch normalization uses the batch's own statistics. */
  readonly training: boolean;
  /** False for a frozen layer: its weights stay, and what they would follow (moving statistics) is used as it stands. */
  readonly trainable: boolean;
  /** Declares a weight, in Keras' order. */
  weight(name: string, shape: Shape, options: WeightOptions): Tensor;
  /** The value a declared weight takes after this step (moving statistics). Ignored outside training. */
  update(weight: Tensor, value: Tensor): void;
  /** Fresh numbers at every step, reproducible from the run's seed: uniform in [0, 1) or standard normal. */
  random(distribution: 'uniform' | 'normal', shape: Shape): Tensor;
  /** A scalar added to the training loss. @param of the weight it keeps small, if one: counted once where it is shared, not at all where it is frozen */
  addLoss(loss: Tensor, of?: Tensor): void;
  /** Which steps of an input count: booleans [batch, steps]; null where all do. */
  inputMask(input?: number): Tensor | null;
  /** Which steps of the result count. Layers that call it not: as their `masking` says. */
  setMask(mask: Tensor | null): void;
  /** Results after the one that `lower` returns, as many as `furtherOutputs` names, with the masks of those that have one. */
  giveMore(results: readonly Tensor[], masks?: readonly (Tensor | null)[]): void;
}

/** An input with a name of its own (query, value, key). Those that may be left open come last. */
export interface InputPort {
  /** As Keras calls the argument. */
  readonly name: string;
  readonly label: string;
  readonly optional?: boolean;
}

/** A change of parameters that mends a problem: the button's words and the new values. */
export interface ParameterRepair {
  readonly label: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface LayerProblem {
  /** Stable, for programs and tests: `rank`, `shape-mismatch`, `kernel-too-large`, … */
  readonly code: string;
  /** A line each, in a student's words. */
  readonly what: string;
  readonly why?: string;
  /** The parameter it is about, if one; the input it comes in by, if one. */
  readonly parameter?: string;
  readonly input?: number;
  readonly repairs?: readonly ParameterRepair[];
}

/** Thrown by `lower` when inputs and parameters do not fit; the compiler pins it to the node and its wires. */
export class LayerError extends Error implements LayerProblem {
  readonly code: string;
  readonly what: string;
  readonly why?: string;
  readonly parameter?: string;
  readonly input?: number;
  readonly repairs?: readonly ParameterRepair[];

  constructor(problem: LayerProblem) {
    super(problem.what);
    this.name = 'LayerError';
    this.code = problem.code;
    this.what = problem.what;
    this.why = problem.why;
    this.parameter = problem.parameter;
    this.input = problem.input;
    this.repairs = problem.repairs;
  }
}

export interface LayerHelp {
  /** One paragraph for someone who meets it first. */
  readonly text: string;
  /** Plain-text formula, e.g. `y = activation(x · W + b)`. */
  readonly formula?: string;
  /** Where the definition comes from: a paper, a page of Keras' documentation. */
  readonly source?: string;
}

export type Inputs = 0 | 1 | 'many' | readonly InputPort[];

export interface LayerDefinition<F extends Fields = Fields> {
  /** The file's name and the kind in a document: `conv2d`. */
  readonly id: string;
  /** As on screen and in Keras: `Conv2D`. */
  readonly title: string;
  readonly family: Family;
  /** Left out: it stands with its family. */
  readonly group?: Group;
  /** The result has the shape of the one input, whatever that is. */
  readonly keepsShape?: true;
  /** Left out: not known, and no receptive field is told from here on. */
  readonly sight?: Sight;
  readonly help: LayerHelp;
  /** Other words a search should find it by. */
  readonly synonyms?: readonly string[];
  readonly fields: F;
  /** How many connections come in: exactly one, or `many` (ordered) for merging layers; 0 for the input layer; or inputs with names, in order. */
  readonly inputs: Inputs;
  /** Where parameters ask for more than `inputs` says: what comes in then. Given what a node holds, without defaults. */
  readonly inputsWith?: (parameters: Readonly<Record<string, unknown>>) => Inputs;
  /** Names of the results it gives after the first; left out: none. Given what a node holds, without defaults. */
  readonly furtherOutputs?: (parameters: Readonly<Record<string, unknown>>) => readonly string[];
  /** With `many`: how many it needs at least; default 2. */
  readonly fewestInputs?: number;
  /** The rank (batch axis not counted) it works on, where there is one: an automatic Input shapes itself to it. Dense: 1, LSTM: 2, Conv2D: 3. */
  readonly naturalRank?: number;
  /** `keeps`: the mask of the first input is the result's too, unless `lower` sets one. Left out: the layer knows nothing of masks, and none goes on. */
  readonly masking?: 'keeps';
  /** The two or three telling parameters, shown on the node: `32 filters · 3 × 3 · ReLU`. */
  describe(parameters: Values<F>): string;
  /** Writes the layer into the program. Shapes carry the batch axis first. @throws LayerError where inputs and parameters do not fit */
  lower(context: LayerContext, inputs: readonly Tensor[], parameters: Values<F>): Tensor;
  /** What it learns from the data alone before the network trains, if anything. */
  readonly preparation?: Preparation<F>;
  /** How the layer stands in Keras' configuration files; null: Keras has no such layer. */
  readonly keras: KerasMapping<F> | null;
}

/** How long a layer is prepared, and in what words. */
export interface PreparationPlan {
  /** `Contrastive divergence`. */
  readonly title: string;
  readonly epochs: number;
  readonly learningRate: number;
  /** Whether the order of samples changes from epoch to epoch. */
  readonly shuffle: boolean;
}

export interface PreparationContext extends LayerContext {
  /** float32 scalar: the plan's. */
  readonly learningRate: Tensor;
}

/** A layer that learns from its inputs alone, before the network trains by gradients. Layers before it have been prepared, and work as when predicting. */
export interface Preparation<F extends Fields = Fields> {
  /** Null where the parameters ask for none. */
  plan(parameters: Values<F>): PreparationPlan | null;
  /** One step from a batch of inputs: updates of the layer's own weights, and what a person watches, float32 scalars, means over the batch. */
  lower(context: PreparationContext, inputs: readonly Tensor[], parameters: Values<F>): Readonly<Record<string, Tensor>>;
}

/** Fields map one to one by snake_case (or `field.keras`); what differs is named here. */
export interface KerasMapping<F extends Fields = Fields> {
  readonly className: string;
  /** What entries were called in older files: `alpha` to `negative_slope`. */
  readonly formerly?: Readonly<Record<string, string>>;
  /** Entries that are not fields of ours but that Keras writes (`dtype` and `name` are the exporter's). */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Entries that say how it is computed, not what: any value will do. */
  readonly meaningless?: readonly string[];
  /** Names whose value is not ours one to one: our parameters to Keras' entries, and back. */
  readonly toConfig?: (parameters: Values<F>) => Readonly<Record<string, unknown>>;
  /** Null where the configuration holds something under these names that the layer cannot carry. */
  readonly fromConfig?: (config: Readonly<Record<string, unknown>>) => Partial<Values<F>> | null;
  /** Where in its group of a weights file Keras keeps a weight: `cell`, `query_dense`. Left out: in the group itself. */
  readonly weightGroup?: (weight: string, parameters: Values<F>) => string;
  /** The argument under which a functional model hands over all inputs but the first, as one list: `initial_state`; and the parameter of ours that asks for them. */
  readonly restArgument?: { readonly name: string; readonly parameter: string };
  /** How a functional model calls it, where that is not on its one input or on the list of all of them. */
  readonly call?: KerasCall;
}

export interface KerasCall {
  /** `each`: every input is an argument of its own; else they are one list. */
  readonly inputs: 'each' | 'list';
  /** Where fewer connections come in, the first is given so many times: a sequence that attends to itself. */
  readonly least: number;
  /** Our names of the parameters that stand in the call and not in the configuration. */
  readonly parameters: readonly string[];
  /** The argument for the second connection, where the parameter of ours that asks for one is on: `attention_mask`. */
  readonly second?: { readonly name: string; readonly parameter: string };
}

/** Declares a layer; the generic gives `describe` and `lower` the parameters' types. */
export function layer<const F extends Fields>(definition: LayerDefinition<F>): LayerDefinition<F> {
  return definition;
}

/** What comes into a layer with these parameters. */
export const inputsWith = (layer: AnyLayer, parameters: Readonly<Record<string, unknown>>): Inputs => layer.inputsWith?.(parameters) ?? layer.inputs;
/** How many results a layer with these parameters gives. */
export const outputCount = (layer: AnyLayer, parameters: Readonly<Record<string, unknown>>): number => 1 + (layer.furtherOutputs?.(parameters).length ?? 0);

// biome-ignore lint/suspicious/noExplicitAny: a list of layers with different parameters
export type AnyLayer = LayerDefinition<any>;
export type { Field, Fields, Values };

/** The one input of a layer that has exactly one. */
export function only(inputs: readonly Tensor[]): Tensor {
  const [input] = inputs;
  if (!input) throw new LayerError({ code: 'no-input', what: 'Nothing is connected to its input.' });
  return input;
}

/** The single input, checked to have one of the given ranks (batch axis not counted). @throws LayerError */
export function inputOfRank(inputs: readonly Tensor[], rank: number, expected: string, why?: string): Tensor {
  const input = only(inputs);
  if (input.shape.length - 1 === rank) return input;
  throw new LayerError({ code: 'rank', input: 0, what: `It needs ${expected}, but gets ${sampleShape(input)}.`, why });
}

/** The shape of one sample in words: `28 × 28 × 1`. */
export const sampleShape = (tensor: Tensor): string => (tensor.shape.length < 2 ? 'a single number' : formatShape(tensor.shape.slice(1)));
