// One run on the WebGPU provider of ONNX Runtime. A step is a call; weights and slots stay in the device's memory from step to step, only rows
// go there and only the loss and metrics come back. The provider has no Loop, so several steps are as many calls.

import type { Tensor } from 'onnxruntime-node';
import { NetwrightError } from '../../../../../shared/lib/errors.ts';
import type { Program, ProgramInput } from '../../../../../shared/tensor/types.ts';
import { emitOnnx, nextName } from '../../../../emit/onnx/emit.ts';
import type { EngineJob, EngineSession, PartName, Predictions, ProgramName, ProgramUse, State, StepValues, TrainBatch } from '../../engine.ts';
import { fillStep } from '../feed.ts';
import { type Graph, Graphs } from '../graphs.ts';
import { emptyTensor, type NumberArray } from '../tensors.ts';
import { DeviceState } from './deviceState.ts';
import { onDevice } from './options.ts';

type Tensors = Record<string, Tensor>;

const isPrediction = (name: string): boolean => name.startsWith('prediction/');
const numbers = ({ data }: Tensor): Float32Array => Float32Array.from(data as Float32Array);

const optionsFor = ({ outputs, updates }: Program) =>
  onDevice(
    updates.map(({ name }) => nextName(name)),
    outputs.map(({ name }) => name),
  );

export class WebGpuSession implements EngineSession {
  private readonly job: EngineJob;
  private readonly graphs: Graphs;
  private readonly held = new DeviceState();
  private readonly feeds = new Map<Graph, Tensors>();

  constructor(job: EngineJob) {
    this.job = job;
    this.graphs = new Graphs(job.programs, (_, program) => ({ model: emitOnnx(program, { forWebGpu: true }), options: optionsFor(program) }));
  }

  async setState(state: State): Promise<void> {
    this.held.set(state);
  }

  state(): Promise<State> {
    return this.held.read();
  }

  /** Runs a program once on zeros: the device compiles its shaders, and shows what it cannot do. Nothing of it is kept. */
  async rehearse({ program: name, batchSize }: ProgramUse): Promise<void> {
    const { program, session } = await this.graphs.get(name, batchSize);
    const results = await session.run(Object.fromEntries(program.inputs.map(({ name: input, tensor }) => [input, emptyTensor(tensor.dtype, tensor.shape)])));
    for (const { name: updated } of program.updates) results[nextName(updated)]?.dispose();
  }

  /** A graph's inputs but state, filled; their buffers are used again by the next call. */
  private filled(graph: Graph, fill: (input: ProgramInput, into: NumberArray) => void): Tensors {
    const inputs = graph.program.inputs.filter(({ role }) => role.kind !== 'state');
    const tensors = this.feeds.get(graph) ?? Object.fromEntries(inputs.map(({ name, tensor }) => [name, emptyTensor(tensor.dtype, tensor.shape)]));
    this.feeds.set(graph, tensors);
    for (const input of inputs) fill(input, tensors[input.name]?.data as NumberArray);
    return tensors;
  }

  private async call({ program, session }: Graph, filled: Tensors): Promise<Tensors> {
    const results = await session.run({ ...(await this.held.feeds(program.inputs)), ...filled }).catch((error: Error) => {
      throw new NetwrightError({
        kind: 'engine',
        code: 'device-failed',
        where: 'onnxruntime',
        message: `The GPU failed: ${error.message} A smaller batch needs less of its memory; the device “cpu” does without it.`,
      });
    });
    for (const { name } of program.updates) this.held.replace(name, results[nextName(name)] as Tensor);
    return Object.fromEntries(program.outputs.map(({ name }) => [name, results[name] as Tensor]));
  }

  async trainSteps(batches: readonly TrainBatch[]): Promise<readonly StepValues[]> {
    const graph = await this.graphs.get('trainStep', batches[0]?.rows.length ?? 0);
    const values: StepValues[] = [];
    for (const batch of batches) {
      const results = await this.call(
        graph,
        this.filled(graph, (input, into) => fillStep(this.job, input, batch, into)),
      );
      values.push(Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, numbers(tensor)])));
    }
    return values;
  }

  private async run(name: ProgramName, part: PartName, rows: Int32Array): Promise<Tensors> {
    const graph = await this.graphs.get(name, rows.length);
    return this.call(
      graph,
      this.filled(graph, (input, into) => void (input.role.kind === 'data' && this.job.parts[part].copy(input.name, rows, into))),
    );
  }

  async evaluateStep(part: PartName, rows: Int32Array): Promise<StepValues> {
    const results = Object.entries(await this.run('evaluate', part, rows)).filter(([name]) => !isPrediction(name));
    return Object.fromEntries(results.map(([name, tensor]) => [name, numbers(tensor)]));
  }

  async predictStep(part: PartName, rows: Int32Array): Promise<Predictions> {
    return Object.fromEntries(Object.entries(await this.run('predict', part, rows)).map(([name, tensor]) => [name, numbers(tensor)]));
  }

  async close(): Promise<void> {
    await this.held.close();
    await this.graphs.close();
  }
}
