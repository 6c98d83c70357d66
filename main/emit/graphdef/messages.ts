// TensorFlow's graph files as Protocol Buffers: the few messages of a SavedModel that a program needs, by their field numbers
// (tensorflow/core/framework/{graph,node_def,attr_value,tensor,tensor_shape}.proto, core/protobuf/{meta_graph,saved_model}.proto).
// Knows the file format, not our operations.

import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { DType, Shape } from '../../../shared/tensor/types.ts';

export type TensorflowType = DType | 'int64' | 'uint64' | 'resource';

/** tensorflow/core/framework/types.proto. */
const typeNumbers: Readonly<Record<TensorflowType, number>> = { float32: 1, int32: 3, uint8: 4, int64: 9, bool: 10, resource: 20, uint64: 23 };

/** A fixed tensor: all its values in order, or one for every element. */
export interface TensorValue {
  readonly dtype: TensorflowType;
  readonly shape: Shape;
  readonly values: ArrayLike<number> | { readonly all: number };
}
export type Attribute =
  | boolean
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly type: TensorflowType }
  | { readonly shape: Shape }
  | { readonly tensor: TensorValue }
  | { readonly ints: readonly number[] }
  | { readonly texts: readonly string[] };
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** `name`, `name:1` for another output than the first, `^name` for "after it". */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}
export interface TensorInfo {
  readonly node: string;
  readonly dtype: TensorflowType;
  readonly shape: Shape;
}
/** A way to run the graph: what goes in and what comes out, by name. */
export interface Signature {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly outputs: Readonly<Record<string, TensorInfo>>;
}

type Write = (writer: BinaryWriter) => void;
const message = (writer: BinaryWriter, field: number, write: Write): void => {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
};
const text = (writer: BinaryWriter, field: number, value: string): BinaryWriter => writer.tag(field, WireType.LengthDelimited).string(value);
const int = (writer: BinaryWriter, field: number, value: number): BinaryWriter => writer.tag(field, WireType.Varint).int64(value);
/** An entry of a map from names: key 1, value 2. */
const entry = (writer: BinaryWriter, field: number, key: string, write: Write): void =>
  message(writer, field, (inner) => {
    text(inner, 1, key);
    message(inner, 2, write);
  });

function writeShape(writer: BinaryWriter, shape: Shape): void {
  for (const size of shape) message(writer, 2, (dim) => void int(dim, 1, size));
}

function bytesOf(dtype: TensorflowType, values: ArrayLike<number>): Uint8Array {
  const array =
    dtype === 'float32'
      ? Float32Array.from(values)
      : dtype === 'int32'
        ? Int32Array.from(values)
        : dtype === 'int64' || dtype === 'uint64'
          ? BigInt64Array.from(Array.from(values, BigInt))
          : Uint8Array.from(values);
  return new Uint8Array(array.buffer);
}

function writeTensor(writer: BinaryWriter, { dtype, shape, values }: TensorValue): void {
  int(writer, 1, typeNumbers[dtype]);
  message(writer, 2, (inner) => writeShape(inner, shape));
  // A tensor with fewer values than elements repeats its last one; an empty content would mean none at all.
  const content = 'all' in values ? null : bytesOf(dtype, values);
  if (content) writer.tag(4, WireType.LengthDelimited).bytes(content);
  else if ('all' in values) writeRepeated(writer, dtype, values.all);
}

function writeRepeated(writer: BinaryWriter, dtype: TensorflowType, value: number): void {
  if (dtype === 'float32') writer.tag(5, WireType.Bit32).float(value);
  else if (dtype === 'bool') writer.tag(11, WireType.Varint).bool(value !== 0);
  else int(writer, dtype === 'int64' ? 10 : 7, value);
}

function writeAttribute(writer: BinaryWriter, value: Attribute): void {
  if (typeof value === 'boolean') writer.tag(5, WireType.Varint).bool(value);
  else if ('int' in value) int(writer, 3, value.int);
  else if ('float' in value) writer.tag(4, WireType.Bit32).float(value.float);
  else if ('text' in value) text(writer, 2, value.text);
  else if ('type' in value) int(writer, 6, typeNumbers[value.type]);
  else if ('shape' in value) message(writer, 7, (inner) => writeShape(inner, value.shape));
  else if ('tensor' in value) message(writer, 8, (inner) => writeTensor(inner, value.tensor));
  else message(writer, 1, (list) => writeList(list, value));
}

function writeList(writer: BinaryWriter, value: { readonly ints: readonly number[] } | { readonly texts: readonly string[] }): void {
  if ('ints' in value) for (const one of value.ints) int(writer, 3, one);
  else for (const one of value.texts) text(writer, 2, one);
}

function writeNode(writer: BinaryWriter, { name, op, inputs, attributes }: GraphNode): void {
  text(writer, 1, name);
  text(writer, 2, op);
  for (const input of inputs) text(writer, 3, input);
  for (const [key, value] of Object.entries(attributes)) entry(writer, 5, key, (inner) => writeAttribute(inner, value));
}

function writeSignature(writer: BinaryWriter, { inputs, outputs }: Signature): void {
  const infos = (field: number, all: Signature['inputs']) => {
    for (const [name, { node, dtype, shape }] of Object.entries(all)) {
      entry(writer, field, name, (inner) => {
        text(inner, 1, node.includes(':') ? node : `${node}:0`);
        int(inner, 2, typeNumbers[dtype]);
        message(inner, 3, (dims) => writeShape(dims, shape));
      });
    }
  };
  infos(1, inputs);
  infos(2, outputs);
  text(writer, 3, 'tensorflow/serving/predict');
}

/** The version of the graph's operators: those of TensorFlow 2.9 and later. */
const PRODUCER = 1087;

/** The bytes of `saved_model.pb`: one graph for the tag `serve`, with its signatures. */
export function savedModelBytes(nodes: readonly GraphNode[], signatures: Readonly<Record<string, Signature>>): Uint8Array {
  const writer = new BinaryWriter();
  int(writer, 1, 1);
  message(writer, 2, (graph) => {
    message(graph, 1, (info) => void text(info, 4, 'serve'));
    message(graph, 2, (definition) => {
      for (const node of nodes) message(definition, 1, (inner) => writeNode(inner, node));
      message(definition, 4, (versions) => void int(versions, 1, PRODUCER));
    });
    for (const [name, signature] of Object.entries(signatures)) entry(graph, 5, name, (inner) => writeSignature(inner, signature));
  });
  return writer.finish();
}
