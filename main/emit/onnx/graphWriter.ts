// Writes an ONNX graph: nodes with generated names, initializers, inputs, outputs. Knows the file format, not our operations.

import { create, toBinary } from '@bufbuild/protobuf';
import type { DType, Shape } from '../../../shared/tensor/types.ts';
import {
  AttributeProto_AttributeType,
  type AttributeProto,
  AttributeProtoSchema,
  type GraphProto,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './generated/onnx_pb.js';

export type AttributeInput =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly graph: GraphProto };
export type OnnxType = DType | 'int64';

const dataTypes: Readonly<Record<OnnxType, TensorProto_DataType>> = {
  float32: TensorProto_DataType.FLOAT,
  int32: TensorProto_DataType.INT32,
  uint8: TensorProto_DataType.UINT8,
  bool: TensorProto_DataType.BOOL,
  int64: TensorProto_DataType.INT64,
};
/** The number ONNX has for a type, as `Cast` wants it. */
export const dataTypeNumber = (type: OnnxType): number => dataTypes[type];

/** Version 21 of the operator set, known to every runtime since 2024. */
const OPSET = 21n;
const IR_VERSION = 10n;

function attribute(name: string, value: AttributeInput): AttributeProto {
  const make = (fields: Partial<Pick<AttributeProto, 'i' | 'f' | 's' | 'ints' | 'floats' | 'g'>>, type: AttributeProto_AttributeType) =>
    create(AttributeProtoSchema, { name, type, ...fields });
  if (typeof value === 'number') return make({ i: BigInt(value) }, AttributeProto_AttributeType.INT);
  if (typeof value === 'string') return make({ s: new TextEncoder().encode(value) }, AttributeProto_AttributeType.STRING);
  if ('float' in value) return make({ f: value.float }, AttributeProto_AttributeType.FLOAT);
  if ('floats' in value) return make({ floats: [...value.floats] }, AttributeProto_AttributeType.FLOATS);
  if ('graph' in value) return make({ g: value.graph }, AttributeProto_AttributeType.GRAPH);
  return make({ ints: value.map(BigInt) }, AttributeProto_AttributeType.INTS);
}

function bytesOf(type: OnnxType, values: ArrayLike<number>): Uint8Array {
  const whole =
    type === 'float32'
      ? Float32Array.from(values)
      : type === 'int32'
        ? Int32Array.from(values)
        : type === 'int64'
          ? BigInt64Array.from(Array.from(values, BigInt))
          : Uint8Array.from(values);
  return new Uint8Array(whole.buffer);
}

/** Sizes of axes; one that is only known when the graph runs has a name instead. */
export type OpenShape = readonly (number | string)[];

function valueInfo(name: string, type: OnnxType, shape: OpenShape): ValueInfoProto {
  const dim = shape.map((size) => ({
    value: typeof size === 'number' ? { case: 'dimValue' as const, value: BigInt(size) } : { case: 'dimParam' as const, value: size },
  }));
  return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value: { elemType: dataTypes[type], shape: { dim } } } } });
}

/** One graph under construction. */
export class GraphWriter {
  private readonly nodeList: NodeProto[] = [];
  private readonly initializers: TensorProto[] = [];
  private readonly inputList: ValueInfoProto[] = [];
  private readonly outputList: ValueInfoProto[] = [];
  private readonly integerLists = new Map<string, string>();
  /** Names that have become an output's. */
  private readonly renamed = new Map<string, string>();
  private readonly prefix: string;
  private count = 0;

  /** @param prefix begins every generated name; a graph inside another needs its own, for it sees the names around it */
  constructor(prefix = 'v') {
    this.prefix = prefix;
  }

  private fresh(): string {
    this.count += 1;
    return `${this.prefix}${this.count}`;
  }

  /** Adds a node; an empty input name leaves an optional input out. Returns the names of its outputs. @param domain of the operator, if not ONNX' own */
  nodes(type: string, inputs: readonly string[], attributes: Readonly<Record<string, AttributeInput>>, outputs: number, domain = ''): string[] {
    const output = Array.from({ length: outputs }, () => this.fresh());
    const list = Object.entries(attributes).map(([name, value]) => attribute(name, value));
    this.nodeList.push(create(NodeProtoSchema, { opType: type, domain, input: inputs.map((name) => this.renamed.get(name) ?? name), output, attribute: list }));
    return output;
  }

  /** Adds a node with one output. */
  node(type: string, inputs: readonly string[], attributes: Readonly<Record<string, AttributeInput>> = {}, domain = ''): string {
    return this.nodes(type, inputs, attributes, 1, domain)[0] as string;
  }

  /** A fixed tensor stored in the file. */
  constant(type: OnnxType, shape: Shape, values: ArrayLike<number>): string {
    const name = this.fresh();
    this.initializers.push(create(TensorProtoSchema, { name, dataType: dataTypes[type], dims: shape.map(BigInt), rawData: bytesOf(type, values) }));
    return name;
  }

  /** A list of int64, as shapes, axes and the like are given; equal lists are stored once. */
  integers(values: readonly number[]): string {
    const key = values.join();
    const name = this.integerLists.get(key) ?? this.constant('int64', [values.length], values);
    this.integerLists.set(key, name);
    return name;
  }

  scalar(value: number): string {
    return this.constant('float32', [], [value]);
  }

  input(name: string, type: OnnxType, shape: OpenShape): void {
    this.inputList.push(valueInfo(name, type, shape));
  }

  /** Declares an output: the value under the given name. Its node writes it directly where it can, so nothing is copied. */
  output(name: string, value: string, type: OnnxType, shape: OpenShape): void {
    const from = this.renamed.get(value) ?? value;
    const producer = this.nodeList.find((node) => node.output.includes(from));
    const taken = this.outputList.some((other) => other.name === from);
    if (producer && !taken) this.rename(from, name);
    else this.nodeList.push(create(NodeProtoSchema, { opType: 'Identity', input: [from], output: [name] }));
    this.outputList.push(valueInfo(name, type, shape));
  }

  private rename(from: string, to: string): void {
    this.renamed.set(from, to);
    const swap = (names: string[]) => {
      for (const [i, name] of names.entries()) if (name === from) names[i] = to;
    };
    for (const node of this.nodeList) {
      swap(node.input);
      swap(node.output);
    }
  }

  /** The finished graph, to stand in a node of another. */
  graph(): GraphProto {
    return create(GraphProtoSchema, {
      name: 'netwright',
      node: this.nodeList,
      initializer: this.initializers,
      input: this.inputList,
      output: this.outputList,
    });
  }

  /** The finished model file. @param domains of operators beside ONNX' own, at version 1 */
  model(domains: readonly string[] = []): Uint8Array {
    const opsetImport = [{ domain: '', version: OPSET }, ...domains.map((domain) => ({ domain, version: 1n }))];
    const model = create(ModelProtoSchema, { irVersion: IR_VERSION, opsetImport, producerName: 'netwright', graph: this.graph() });
    return toBinary(ModelProtoSchema, model);
  }
}
