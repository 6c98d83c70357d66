// One run's state in ONNX Runtime: weights and slots live in two sets of buffers that take turns as input and output of the step,
// so a step allocates nothing for them.

import ort, { type Tensor } from 'onnxruntime-node';
import { fillNormal, fillUniform, randomKey } from '../../../../shared/lib/random.ts';
import { type DType, type Program, type ProgramInput, type Shape, sizeOf } from '../../../../shared/tensor/types.ts';
import type { DatasetPart } from '../../../../shared/datasets/descriptor.ts';
import { nextName } from '../../../emit/onnx/emit.ts';
import type { EngineJob, EngineSession, PartName, State, StepValues } from '../engine.ts';
import { type Graph, Graphs, type ProgramName } from './graphs.ts';

type Buffers = Map<string, Tensor>;
type NumberArray = Float32Array | Int32Array | Uint8Array;

const empty = (dtype: DType, shape: Shape): Tensor => {
  const size = sizeOf(shape);
  if (dtype === 'float32') return new ort.Tensor('float32', new Float32Array(size), shape);
  if (dtype === 'int32') return new ort.Tensor('int32', new Int32Array(size), shape);
  return new ort.Tensor(dtype, new Uint8Array(size), shape);
};

/** Copies whole rows out of a part into a batch. */
function gather(from: NumberArray, rows: Int32Array, size: number, into: NumberArray): void {
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] as number) * size;
    into.set(from.subarray(start, start + size), i * size);
  }
}

/** Buffers of one graph that are neither state nor shared: data, scalars, random numbers, results. */
interface Frame {
  readonly inputs: Buffers;
  readonly outputs: Buffers;
}

function frameFor({ inputs, outputs }: Program): Frame {
  const own = inputs.filter(({ role }) => role.kind !== 'state');
  return {
    inputs: new Map(own.map(({ name, tensor }) => [name, empty(tensor.dtype, tensor.shape)])),
    outputs: new Map(outputs.map(({ name, tensor }) => [name, empty(tensor.dtype, tensor.shape)])),
  };
}

export class OnnxSession implements EngineSession {
  private readonly job: EngineJob;
  private readonly graphs: Graphs;
  private readonly frames = new Map<Graph, Frame>();
  private current: Buffers = new Map();
  private spare: Buffers = new Map();

  constructor(job: EngineJob) {
    this.job = job;
    this.graphs = new Graphs(job.programs, job.threads);
  }

  async setState(state: State): Promise<void> {
    const copy = () => new Map([...state].map(([name, data]) => [name, new ort.Tensor('float32', Float32Array.from(data), [data.length])]));
    this.current = copy();
    this.spare = copy();
    this.frames.clear();
  }

  async state(): Promise<State> {
    return new Map([...this.current].map(([name, tensor]) => [name, Float32Array.from(tensor.data as Float32Array)]));
  }

  /** State tensors are stored flat; a graph wants them in their shape. */
  private shaped(buffers: Buffers, name: string, shape: Shape): Tensor {
    const tensor = buffers.get(name);
    if (!tensor) throw new Error(`The run's state has no “${name}”.`);
    if (tensor.dims.length === shape.length && tensor.dims.every((size, axis) => size === shape[axis])) return tensor;
    const reshaped = new ort.Tensor('float32', tensor.data as Float32Array, shape);
    buffers.set(name, reshaped);
    return reshaped;
  }

  private frame(graph: Graph): Frame {
    const known = this.frames.get(graph) ?? frameFor(graph.program);
    this.frames.set(graph, known);
    return known;
  }

  private fillData(frame: Frame, part: DatasetPart, rows: Int32Array): void {
    const { features, labels } = this.job;
    const x = frame.inputs.get('features'),
      y = frame.inputs.get('labels');
    if (x) gather(part.features, rows, features.size, x.data as NumberArray);
    if (y) gather(part.labels, rows, labels.size, y.data as NumberArray);
  }

  private fillRandom(frame: Frame, inputs: readonly ProgramInput[], step: number): void {
    for (const { name, role } of inputs) {
      if (role.kind !== 'random') continue;
      const into = frame.inputs.get(name)?.data as Float32Array,
        key = randomKey(this.job.randomKey, role.stream, step);
      if (role.distribution === 'uniform') fillUniform(key, into);
      else fillNormal(key, into);
    }
  }

  /** Runs a graph on rows of a part; `prepare` sets what else it needs. */
  private async run(name: ProgramName, part: PartName, rows: Int32Array, prepare: (frame: Frame, graph: Graph) => void): Promise<Frame> {
    const graph = await this.graphs.get(name, rows.length);
    const frame = this.frame(graph),
      { program, session } = graph;
    this.fillData(frame, this.job.parts[part], rows);
    prepare(frame, graph);
    const feeds = Object.fromEntries(
      program.inputs.map(({ name: input, tensor, role }) => [
        input,
        role.kind === 'state' ? this.shaped(this.current, input, tensor.shape) : (frame.inputs.get(input) as Tensor),
      ]),
    );
    const fetches = Object.fromEntries([
      ...frame.outputs,
      ...program.updates.map(({ name: state, tensor }) => [nextName(state), this.shaped(this.spare, state, tensor.shape)] as const),
    ]);
    await session.run(feeds, fetches);
    return frame;
  }

  private values(frame: Frame): StepValues {
    const counted = [...frame.outputs].filter(([name]) => !name.startsWith('prediction'));
    return Object.fromEntries(counted.map(([name, tensor]) => [name, Float32Array.from(tensor.data as Float32Array)]));
  }

  async trainStep(rows: Int32Array, step: number, learningRate: number): Promise<StepValues> {
    const setScalar = (frame: Frame, name: string, value: number) => {
      const tensor = frame.inputs.get(name);
      if (tensor) (tensor.data as Float32Array)[0] = value;
    };
    let updated: readonly string[] = [];
    const frame = await this.run('trainStep', 'train', rows, (own, { program }) => {
      setScalar(own, 'step', step);
      setScalar(own, 'learningRate', learningRate);
      this.fillRandom(own, program.inputs, step);
      updated = program.updates.map(({ name }) => name);
    });
    this.swap(updated);
    return this.values(frame);
  }

  /** What the step wrote becomes the state; what it read becomes its next output. */
  private swap(names: readonly string[]): void {
    for (const name of names) {
      const before = this.current.get(name) as Tensor;
      this.current.set(name, this.spare.get(name) as Tensor);
      this.spare.set(name, before);
    }
  }

  async evaluateStep(part: PartName, rows: Int32Array): Promise<StepValues> {
    return this.values(await this.run('evaluate', part, rows, () => {}));
  }

  async predictStep(part: PartName, rows: Int32Array): Promise<Float32Array> {
    const frame = await this.run('predict', part, rows, () => {});
    return Float32Array.from(frame.outputs.get('prediction')?.data as Float32Array);
  }

  async close(): Promise<void> {
    await this.graphs.close();
  }
}
