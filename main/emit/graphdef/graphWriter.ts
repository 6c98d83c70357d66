// Writes a TensorFlow graph: nodes with generated names, constants, placeholders, variables, signatures. Knows TensorFlow, not our operations.

import type { Shape } from '../../../shared/tensor/types.ts';
import { type Attribute, type GraphNode, savedModelBytes, type Signature, type TensorflowType, type TensorValue } from './messages.ts';

/** Bytes of `saved_model.pb`. */
export interface SavedModel {
  readonly model: Uint8Array;
  /** The same without the graph. */
  readonly signatures: Uint8Array;
}

/** One graph under construction. */
export class GraphWriter {
  private readonly nodeList: GraphNode[] = [];
  private readonly signatures: Record<string, Signature> = {};
  private readonly lists = new Map<string, string>();

  /** Adds a node and gives its name, which stands for its first output. */
  node(op: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    const name = `n${this.nodeList.length}`;
    this.nodeList.push({ name, op, inputs, attributes });
    return name;
  }

  /** A node whose only attribute is the type of its inputs and outputs. */
  typed(op: string, type: TensorflowType, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.node(op, inputs, { T: { type }, ...attributes });
  }

  /** The same for float32, the usual. */
  float(op: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.typed(op, 'float32', inputs, attributes);
  }

  constant(dtype: TensorflowType, shape: Shape, values: TensorValue['values']): string {
    return this.node('Const', [], { dtype: { type: dtype }, value: { tensor: { dtype, shape, values } } });
  }

  /** One number; equal ones are stored once. */
  scalar(value: number, dtype: TensorflowType = 'float32'): string {
    return this.once(`${dtype} ${value}`, () => this.constant(dtype, [], [value]));
  }

  /** A list of int32, as shapes, axes and the like are given; equal lists are stored once. */
  integers(values: readonly number[]): string {
    return this.once(`list ${values.join()}`, () => this.constant('int32', [values.length], values));
  }

  /** Pairs of int32, one before and one after each axis. */
  pairs(values: readonly (readonly [number, number])[]): string {
    return this.once(`pairs ${values.join()}`, () => this.constant('int32', [values.length, 2], values.flat()));
  }

  private once(key: string, make: () => string): string {
    const name = this.lists.get(key) ?? make();
    this.lists.set(key, name);
    return name;
  }

  placeholder(dtype: TensorflowType, shape: Shape): string {
    return this.node('Placeholder', [], { dtype: { type: dtype }, shape: { shape } });
  }

  /** A variable of the session: the same name, the same numbers. Gives its handle. */
  variable(name: string, shape: Shape, dtype: TensorflowType = 'float32'): string {
    return this.node('VarHandleOp', [], { dtype: { type: dtype }, shape: { shape }, shared_name: { text: name }, container: { text: '' } });
  }

  signature(name: string, signature: Signature): void {
    this.signatures[name] = signature;
  }

  savedModel(): SavedModel {
    return { model: savedModelBytes(this.nodeList, this.signatures), signatures: savedModelBytes([], this.signatures) };
  }
}
