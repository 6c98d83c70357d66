// What compiling gives: the abstract reading (shapes, counts, problems) and the programs.

import type { Initial } from '../layers/initializers/index.ts';
import type { Problem } from '../network/problem.ts';
import type { Program, Shape } from '../tensor/types.ts';
import type { MeterResults } from '../training/meter.ts';

export interface NodeAnalysis {
  /** Without the batch axis; null where it cannot be known. */
  readonly outputShape: Shape | null;
  /** True where the shape is the one after the first repair of an error before it. */
  readonly tentative: boolean;
  readonly inputShapes: readonly (Shape | null)[];
  readonly trainable: number;
  readonly nonTrainable: number;
  /** Per sample. */
  readonly multiplyAdds: number;
  /** Output values per sample, in bytes of float32. */
  readonly activationBytes: number;
  readonly weights: readonly { readonly name: string; readonly shape: Shape }[];
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
}

/** The programs of one network with one set of settings and one batch size. */
export interface CompiledNetwork {
  readonly batchSize: number;
  readonly weights: readonly WeightDeclaration[];
  /** Optimizer slots, zero at first: `adam/dense_1/kernel/momentum`. */
  readonly slots: readonly { readonly name: string; readonly shape: Shape }[];
  /** The resolved loss and metrics; metric keys are Keras' (`accuracy`). Outputs of the programs are `loss` and these keys. */
  readonly loss: string;
  readonly metrics: readonly string[];
  /** How each metric's sums (an output of the programs, float32 [n], added over batches) become its value. */
  readonly meters: MeterResults;
  /** Without the batch axis. */
  readonly predictionShape: Shape;
  /** data inputs `features`, `labels`; scalars `learningRate`, `step` (from 1); updates weights and slots. */
  readonly trainStep: Program;
  /** data inputs `features`, `labels`; outputs `loss`, metrics, `prediction`. */
  readonly evaluate: Program;
  /** data input `features`; output `prediction`. */
  readonly predict: Program;
}
