// What compiling gives: the abstract reading (shapes, counts, problems) and the programs.

import type { Constraint } from '../layers/constraints/index.ts';
import type { Initial } from '../layers/initializers/index.ts';
import type { Problem } from '../network/problem.ts';
import type { Program, Shape } from '../tensor/types.ts';
import type { Target } from './bindings.ts';
import type { MeterResults } from '../training/meter.ts';

export interface NodeAnalysis {
  /** Without the batch axis; null where it cannot be known. */
  readonly outputShape: Shape | null;
  /** Of the results after the first; left out: there are none. */
  readonly furtherShapes?: readonly Shape[];
  /** True where the shape is the one after the first repair of an error before it. */
  readonly tentative: boolean;
  readonly inputShapes: readonly (Shape | null)[];
  readonly trainable: number;
  readonly nonTrainable: number;
  /** Per sample. */
  readonly multiplyAdds: number;
  /** Output values per sample, in bytes of float32. */
  readonly activationBytes: number;
  readonly weights: readonly { readonly name: string; readonly shape: Shape; readonly trainable: boolean }[];
}

export interface Analysis {
  readonly nodes: Readonly<Record<string, NodeAnalysis>>;
  /** Node ids in the order of computation; nodes on a cycle are missing. */
  readonly order: readonly string[];
  readonly problems: readonly Problem[];
  readonly totals: {
    readonly layers: number;
    readonly trainable: number;
    readonly nonTrainable: number;
    readonly multiplyAdds: number;
    readonly activationBytes: number;
  };
}

export interface WeightDeclaration {
  /** `dense_1/kernel`. */
  readonly name: string;
  readonly node: string;
  readonly shape: Shape;
  readonly initializer: Initial;
  readonly trainable: boolean;
  readonly constraint?: Constraint | undefined;
}

/** One output of a network and what it is compared with. */
export interface CompiledOutput {
  /** The node's. */
  readonly name: string;
  /** The programs' name for what it gives: `prediction/digit`. */
  readonly key: string;
  /** Without the batch axis. */
  readonly shape: Shape;
  /** A loss's id. */
  readonly loss: string;
  readonly target: Target;
}

/** The programs of one network with one set of settings and one batch size. */
export interface CompiledNetwork {
  readonly batchSize: number;
  readonly weights: readonly WeightDeclaration[];
  /** Optimizer slots, zero at first: `adam/dense_1/kernel/momentum`. */
  readonly slots: readonly { readonly name: string; readonly shape: Shape }[];
  /** At least one, in the document's order. */
  readonly outputs: readonly CompiledOutput[];
  /** The resolved loss, of several outputs joined by ` + `. */
  readonly loss: string;
  /** What a batch reports beside `loss`, by Keras' keys: `accuracy`; with several outputs `digit_loss`, `digit_accuracy`. */
  readonly metrics: readonly string[];
  /** How each metric's sums (an output of the programs, float32 [n], added over batches) become its value. */
  readonly meters: MeterResults;
  /** Data inputs are named by the dataset's columns (`features/image`, `labels/class`); scalars `learningRate`, `step` (from 1); updates weights and slots. */
  readonly trainStep: Program;
  /** The same data inputs; outputs `loss`, metrics and each output's prediction. */
  readonly evaluate: Program;
  /** Data inputs `features/…` alone; each output's prediction. */
  readonly predict: Program;
}
