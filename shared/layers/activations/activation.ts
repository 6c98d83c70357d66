// The contract of an activation function, used as a layer's parameter and by the Activation layer.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

export interface Activation {
  /** The file's name; Keras' name is its snake_case unless `keras` says otherwise; null: Keras has none. */
  readonly id: string;
  /** As on screen and in running text: `ReLU`, `softmax`. */
  readonly title: string;
  readonly keras?: string | null;
  /** Other names it has in Keras' files: `swish`. */
  readonly kerasAliases?: readonly string[];
  /** Plain-text formula: `max(0, x)`. */
  readonly formula: string;
  /** One sentence: when it is used, what goes wrong with it. */
  readonly help: string;
  /** Element by element, or over the last axis (softmax). */
  lower(builder: Builder, x: Tensor): Tensor;
}
