// One run in ONNX Runtime: training in calls of several steps, evaluating and predicting a batch a call. State stays in buffers of ours.

import type { Tensor } from 'onnxruntime-node';
import { type Program, type Shape, sizeOf } from '../../../../shared/tensor/types.ts';
import { nextName } from '../../../emit/onnx/emit.ts';
import type { EngineJob, EngineSession, PartName, Predictions, ProgramName, State, StepValues, TrainBatch } from '../engine.ts';
import { type Graph, Graphs, type Write } from './graphs.ts';
import { StateBuffers } from './stateBuffers.ts';
import { StepCall } from './stepCall.ts';
import { emptyTensor, type NumberArray } from './tensors.ts';

type Tensors = Readonly<Record<string, Tensor>>;

const isPrediction = (name: string): boolean => name.startsWith('prediction/');
/** The most that one call's inputs may take: batches of large pictures or much noise go into more calls. */
const CALL_BYTES = 64 * 2 ** 20;

const stepBytes = ({ inputs }: Program): number =>
  inputs.reduce((sum, { tensor, role }) => sum + (role.kind === 'state' ? 0 : sizeOf(tensor.shape) * (tensor.dtype === 'uint8' ? 1 : 4)), 0);

/** The shapes in which a graph takes its inputs: large state may go in and out in tiles. */
const shapesOf = ({ inputMetadata }: Graph['session']): ReadonlyMap<string, Shape> =>
  new Map(
    inputMetadata.flatMap((input) => (input.isTensor && input.shape.every((size) => typeof size === 'number') ? [[input.name, input.shape as Shape]] : [])),
  );

export class OnnxSession implements EngineSession {
  private readonly job: EngineJob;
  private readonly graphs: Graphs;
  private readonly calls = new Map<Graph, StepCall>();
  private readonly results = new Map<Graph, Tensors>();
  private buffers = new StateBuffers();

  constructor(job: EngineJob, write: Write) {
    this.job = job;
    this.graphs = new Graphs(job.programs, write);
  }

  async setState(state: State): Promise<void> {
    this.buffers = new StateBuffers(state);
  }

  async state(): Promise<State> {
    return this.buffers.read();
  }

  private stateOf({ program, session }: Graph): Tensors {
    const state = program.inputs.filter(({ role }) => role.kind === 'state'),
      shapes = shapesOf(session);
    return Object.fromEntries(state.map(({ name, tensor }) => [name, this.buffers.value(name, shapes.get(name) ?? tensor.shape)]));
  }

  async trainSteps(batches: readonly TrainBatch[]): Promise<readonly StepValues[]> {
    const graph = await this.graphs.get('trainStep', batches[0]?.rows.length ?? 0);
    const most = Math.max(1, Math.floor(CALL_BYTES / stepBytes(graph.program)));
    const values: StepValues[] = [];
    for (let start = 0; start < batches.length; start += most) values.push(...(await this.callSteps(graph, batches.slice(start, start + most))));
    return values;
  }

  private async callSteps(graph: Graph, batches: readonly TrainBatch[]): Promise<readonly StepValues[]> {
    const { program, session } = graph;
    const call = this.calls.get(graph) ?? new StepCall(program, this.job);
    this.calls.set(graph, call);
    const results = call.results(batches.length);
    const shapes = shapesOf(session);
    const next = program.updates.map(({ name, tensor }) => [nextName(name), this.buffers.next(name, shapes.get(name) ?? tensor.shape)] as const);
    await session.run({ ...this.stateOf(graph), ...call.inputs(batches) }, { ...Object.fromEntries(next), ...results });
    this.buffers.swap(program.updates.map(({ name }) => name));
    return call.valuesOf(results, batches.length);
  }

  /** Runs one batch of a program that changes nothing; the results are overwritten by the next. */
  private async run(name: ProgramName, part: PartName, rows: Int32Array): Promise<Tensors> {
    const graph = await this.graphs.get(name, rows.length),
      { program, session } = graph;
    const inputs = program.inputs
      .filter(({ role }) => role.kind === 'data')
      .map(({ name: input, tensor }) => [input, emptyTensor(tensor.dtype, tensor.shape)] as const);
    for (const [input, tensor] of inputs) this.job.parts[part].copy(input, rows, tensor.data as NumberArray);
    const results =
      this.results.get(graph) ?? Object.fromEntries(program.outputs.map(({ name: output, tensor }) => [output, emptyTensor(tensor.dtype, tensor.shape)]));
    this.results.set(graph, results);
    await session.run({ ...this.stateOf(graph), ...Object.fromEntries(inputs) }, results);
    return results;
  }

  async evaluateStep(part: PartName, rows: Int32Array): Promise<StepValues> {
    const results = Object.entries(await this.run('evaluate', part, rows)).filter(([name]) => !isPrediction(name));
    return Object.fromEntries(results.map(([name, tensor]) => [name, Float32Array.from(tensor.data as Float32Array)]));
  }

  async predictStep(part: PartName, rows: Int32Array): Promise<Predictions> {
    const results = Object.entries(await this.run('predict', part, rows));
    return Object.fromEntries(results.map(([name, tensor]) => [name, Float32Array.from(tensor.data as Float32Array)]));
  }

  async close(): Promise<void> {
    await this.graphs.close();
  }
}
