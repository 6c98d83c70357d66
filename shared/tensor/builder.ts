// Writes a tensor program: a method per operation, each checks shapes at once and returns the new value.
// Does not optimize (simplify.ts) and does not differentiate (gradient.ts).

import { isComposite, type Operation } from './operation.ts';
import { type OperationName, operations } from './ops/index.ts';
import type { Attributes, Constant, DType, InputRole, Instruction, Program, ProgramInput, ProgramOutput, Shape, Tensor, TensorType } from './types.ts';

type Catalogue = typeof operations;
type InputsOf<O> = O extends { readonly inputTuple?: infer I extends readonly Tensor[] } ? I : never;
type AttributesOf<O> = O extends { readonly callAttributes?: infer A extends Attributes } ? A : never;
type RequiredKeys<A> = { [K in keyof A]-?: Record<never, never> extends Pick<A, K> ? never : K }[keyof A];
/** Attributes behind inputs of any number are always named, since nothing else says where those end. */
type Parameters<I extends readonly Tensor[], A> = [keyof A] extends [never]
  ? [...inputs: I]
  : [number extends I['length'] ? 'named' : RequiredKeys<A>] extends [never]
    ? [...inputs: I, attributes?: A]
    : [...inputs: I, attributes: A];
type Call<O> = (...parameters: Parameters<InputsOf<O>, AttributesOf<O>>) => O extends { readonly many: true } ? readonly Tensor[] : Tensor;

/** `builder.add(x, y)`, `builder.matMul(x, y, { transposeB: true })`: one method per operation of ops/index.ts. */
export type OperationMethods = { readonly [K in OperationName]: Call<Catalogue[K]> };
export type Builder = BuilderCore & OperationMethods;
export interface BuilderOptions {
  /** Composite operations written as one instruction: all, or those named. The others are expanded at once, so that they can be differentiated. Default: none. */
  readonly native?: 'all' | ReadonlySet<string>;
}

const isTensor = (value: unknown): value is Tensor => typeof value === 'object' && value !== null && 'id' in value && 'dtype' in value;

class BuilderCore {
  readonly inputs: ProgramInput[] = [];
  readonly constants: Constant[] = [];
  readonly instructions: Instruction[] = [];
  private readonly native: 'all' | ReadonlySet<string>;
  private readonly inputNames = new Set<string>();
  private readonly producers = new Map<number, Instruction>();
  private nextId = 0;

  constructor({ native = new Set() }: BuilderOptions = {}) {
    this.native = native;
  }

  /** Whether the program is only looked at, for shapes and counts: then what these do not show may be left out. */
  get isAbstract(): boolean {
    return this.native === 'all';
  }

  private value(type: TensorType): Tensor {
    return { id: this.nextId++, shape: [...type.shape], dtype: type.dtype };
  }

  /** A value that comes from outside at every run. Names are unique in a program. */
  input(name: string, shape: Shape, dtype: DType, role: InputRole): Tensor {
    if (this.inputNames.has(name)) throw new Error(`Two program inputs are called “${name}”.`);
    this.inputNames.add(name);
    const tensor = this.value({ shape, dtype });
    this.inputs.push({ name, tensor, role });
    return tensor;
  }

  /** A fixed value; a single number fills the shape (default: a float32 scalar). */
  constant(value: Constant['value'], shape: Shape = [], dtype: DType = 'float32'): Tensor {
    const tensor = this.value({ shape, dtype });
    this.constants.push({ tensor, value });
    return tensor;
  }

  /** Adds one instruction of any operation by its definition, or the expansion of a composite that is not native. @throws ShapeError */
  apply(definition: Operation, inputs: readonly Tensor[], attributes: Attributes): readonly Tensor[] {
    const full = { ...definition.defaults, ...attributes } as Attributes;
    const types = definition.infer(inputs, full);
    if (definition.expand && isComposite(definition) && !this.isNative(definition.name)) return definition.expand(this as unknown as Builder, inputs, full);
    const outputs = types.map((type) => this.value(type));
    const instruction = { operation: definition.name, inputs: [...inputs], outputs, attributes: full };
    this.instructions.push(instruction);
    for (const output of outputs) this.producers.set(output.id, instruction);
    return outputs;
  }

  /** The instruction that computes a value; undefined for inputs and constants. */
  producerOf(tensor: Tensor): Instruction | undefined {
    return this.producers.get(tensor.id);
  }

  /** What an instruction's operation is, for readers that operations themselves import. */
  definitionOf({ operation }: Instruction): Operation {
    return operationNamed(operation);
  }

  private isNative(name: string): boolean {
    return this.native === 'all' || this.native.has(name);
  }

  /** The finished program. Unused instructions are kept: simplify.ts drops them. */
  build(outputs: readonly ProgramOutput[], updates: readonly ProgramOutput[] = []): Program {
    return { inputs: [...this.inputs], constants: [...this.constants], instructions: [...this.instructions], outputs, updates };
  }
}

type Listed = Operation & { readonly many: boolean };
/** The definition of an operation by name. @throws Error for a name that is not in ops/index.ts */
export function operationNamed(name: string): Listed {
  if (!Object.hasOwn(operations, name)) throw new Error(`There is no operation “${name}”.`);
  return operations[name as OperationName] as unknown as Listed;
}

const methodOf = (name: string) =>
  function (this: BuilderCore, ...parameters: readonly unknown[]) {
    const inputs = parameters.filter(isTensor);
    const attributes = (parameters.length > inputs.length ? parameters.at(-1) : {}) as Attributes | undefined;
    const definition = operationNamed(name);
    const outputs = this.apply(definition, inputs, attributes ?? {});
    return definition.many ? outputs : outputs[0];
  };
const methods = Object.fromEntries(Object.keys(operations).map((name) => [name, methodOf(name)]));

/** An empty program to write into. */
export function createBuilder(options?: BuilderOptions): Builder {
  return Object.assign(new BuilderCore(options), methods) as unknown as Builder;
}
