// One run in a TensorFlow session: weights, slots and moving statistics are its variables, as is the data where it fits; else batches are fed.
// Numbers come out.
// A program for another batch size needs a graph with it: the session is opened anew with all programs known by then, and the state moves over.

import type { CompiledNetwork } from '../../../../shared/compile/types.ts';
import type { Program } from '../../../../shared/tensor/types.ts';
import type { EngineJob, EngineSession, PartName, Predictions, ProgramName, State, StepValues, TrainBatch } from '../engine.ts';
import { ROWS } from '../../../emit/graphdef/columns.ts';
import { Columns } from './columns.ts';
import { type CudnnState, cudnnWords } from './cudnn.ts';
import type { Tensorflow } from './library.ts';
import { type Feeds, Model, type Results } from './model.ts';
import { type FeedBuffer, feedBuffer } from './modelTensor.ts';

interface Use {
  readonly signature: string;
  readonly program: Program;
}

const isPrediction = (name: string): boolean => name.startsWith('prediction/');
const pick = (results: Results, wanted: (name: string) => boolean): Record<string, Float32Array> =>
  Object.fromEntries(Object.entries(results).flatMap(([name, values]) => (wanted(name) ? [[name, values as Float32Array]] : [])));

export class TensorflowSession implements EngineSession {
  private readonly tensorflow: Tensorflow;
  private readonly job: EngineJob;
  private readonly columns: Columns;
  private readonly compiled = new Map<number, CompiledNetwork>();
  private readonly uses = new Map<string, Use>();
  private readonly buffers = new Map<string, Record<string, FeedBuffer>>();
  private model: Model | null = null;
  /** The state until a session holds it. */
  private waiting: State = new Map();

  private readonly cudnn: CudnnState | null;

  /**
   * @param keep bytes of data that the session may keep itself
   * @param cudnn what is known of cuDNN's kernels; null: they are not asked for
   */
  constructor(tensorflow: Tensorflow, job: EngineJob, keep: number, cudnn: CudnnState | null) {
    this.tensorflow = tensorflow;
    this.cudnn = cudnn;
    this.job = job;
    this.columns = new Columns(job, keep);
    for (const { program, batchSize } of job.uses) this.use(program, batchSize);
  }

  get remark(): string | undefined {
    return this.cudnn ? cudnnWords(this.cudnn) : undefined;
  }

  private programs(batchSize: number): CompiledNetwork {
    const programs = this.compiled.get(batchSize) ?? this.job.programs(batchSize);
    this.compiled.set(batchSize, programs);
    return programs;
  }

  private use(name: ProgramName, batchSize: number): Use {
    const signature = `${name}/${batchSize}`;
    const use = this.uses.get(signature) ?? { signature, program: this.programs(batchSize)[name] };
    this.uses.set(signature, use);
    return use;
  }

  private async loaded({ signature }: Use): Promise<Model> {
    if (this.model?.has(signature)) return this.model;
    const state = this.takeState();
    const [first] = this.compiled.values();
    if (!first) throw new Error('A use compiles its programs.');
    this.model = await Model.load(this.tensorflow, {
      state: [...first.weights, ...first.slots].map(({ name, shape }) => ({ name, shape })),
      programs: Object.fromEntries([...this.uses.values()].map((use) => [use.signature, use.program])),
      randomKey: this.job.randomKey,
      columns: this.columns.kept,
      kernels: { cudnn: this.cudnn?.used ?? false, device: this.cudnn ? 'gpu' : 'cpu' },
    });
    this.columns.load(this.model);
    this.model.assign(state);
    this.waiting = new Map();
    return this.model;
  }

  private takeState(): State {
    if (!this.model) return this.waiting;
    const state = this.model.read();
    this.model.close();
    this.model = null;
    return state;
  }

  async setState(state: State): Promise<void> {
    if (this.model) this.model.assign(state);
    else this.waiting = state;
  }

  async state(): Promise<State> {
    return this.model ? this.model.read() : this.waiting;
  }

  /** What is fed besides state and what the graph draws itself. */
  private feedsOf({ signature, program }: Use): Record<string, FeedBuffer> {
    const known = this.buffers.get(signature);
    if (known) return known;
    const fed = program.inputs.filter((input) => input.role.kind === 'scalar' || (input.role.kind === 'data' && !this.columns.has(input)));
    const kept = program.inputs.find((input) => this.columns.has(input));
    const feeds: Record<string, FeedBuffer> = Object.fromEntries(fed.map(({ name, tensor }) => [name, feedBuffer(tensor.dtype, tensor.shape)]));
    if (kept) feeds[ROWS] = feedBuffer('int32', kept.tensor.shape.slice(0, 1));
    if (program.inputs.some(({ role }) => role.kind === 'random')) feeds.step ??= feedBuffer('float32', []);
    this.buffers.set(signature, feeds);
    return feeds;
  }

  private fillRows(feeds: Feeds, part: PartName, rows: Int32Array): void {
    const offset = this.columns.offset(part);
    feeds[ROWS]?.values.set(offset === 0 ? rows : rows.map((row) => row + offset));
    for (const [name, { values }] of Object.entries(feeds)) if (name in this.job.columns) this.job.parts[part].copy(name, rows, values);
  }

  async trainSteps(batches: readonly TrainBatch[]): Promise<readonly StepValues[]> {
    const use = this.use('trainStep', batches[0]?.rows.length ?? 0);
    const model = await this.loaded(use),
      feeds = this.feedsOf(use);
    return batches.map(({ rows, step, learningRate }) => {
      this.fillRows(feeds, 'train', rows);
      if (feeds.step) feeds.step.values[0] = step;
      if (feeds.learningRate) feeds.learningRate.values[0] = learningRate;
      return pick(model.run(use.signature, feeds), () => true);
    });
  }

  private async runRows(name: ProgramName, part: PartName, rows: Int32Array): Promise<Results> {
    const use = this.use(name, rows.length);
    const model = await this.loaded(use),
      feeds = this.feedsOf(use);
    this.fillRows(feeds, part, rows);
    return model.run(use.signature, feeds);
  }

  async evaluateStep(part: PartName, rows: Int32Array): Promise<StepValues> {
    return pick(await this.runRows('evaluate', part, rows), (name) => !isPrediction(name));
  }

  async predictStep(part: PartName, rows: Int32Array): Promise<Predictions> {
    return pick(await this.runRows('predict', part, rows), isPrediction);
  }

  async close(): Promise<void> {
    this.waiting = this.takeState();
  }
}
