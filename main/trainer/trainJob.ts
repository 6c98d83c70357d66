// A training from job to result: engine, data, start or checkpoint, loop, test. Writes the run's files; says what happens
// through `send`, which goes to the main process.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initialState } from '../../shared/compile/index.ts';
import type { EpochSummary, MetricValues, RunRecord } from '../../shared/protocol/contract.ts';
import type { FromTrainer, JobOf } from '../../shared/protocol/trainer.ts';
import { resolveOptimizer } from '../../shared/training/optimizers/index.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { decodeSafetensors } from '../files/safetensors.ts';
import { BatchLog } from './batchLog.ts';
import { type Checkpoint, loadCheckpoint, saveCheckpoint, stateFrom } from './checkpoint.ts';
import { Control } from './control.ts';
import type { Engine, State } from './engines/engine.ts';
import { appendEpoch, keepEpochs } from './epochLog.ts';
import { type LoopPosition, trainLoop } from './loop.ts';
import { MeasuredPace } from './pace.ts';
import { type Plan, planOf } from './plan.ts';
import { Reporter } from './reporter.ts';
import { parameterCount, prepare, type Setup } from './setup.ts';
import { testPart } from './testPart.ts';

type Send = (message: FromTrainer) => void;

/** The rate the settings ask for at the start. */
export const startControl = ({ settings }: JobOf<'train'>): Control => new Control(resolveOptimizer(settings.optimizer).parameters.learningRate as number);

/** Weights from a file where the job names one, drawn from the seed else; slots are always fresh. */
async function firstState({ initialWeights, settings }: JobOf<'train'>, { compiled }: Setup): Promise<State> {
  const drawn = initialState(compiled, settings.seed);
  if (initialWeights === null) return drawn;
  const { tensors } = decodeSafetensors(await readFile(initialWeights), initialWeights);
  const weights = stateFrom(tensors, new Map(compiled.weights.map(({ name, shape }) => [name, shape])), initialWeights);
  return new Map([...drawn, ...weights]);
}

async function startPoint(job: JobOf<'train'>, setup: Setup, control: Control): Promise<Checkpoint> {
  const kept = job.fromCheckpoint ? await loadCheckpoint(job.folder, setup.shapes) : null;
  if (kept) control.learningRate = kept.learningRate;
  return kept ?? { step: 0, learningRate: control.learningRate, seconds: 0, epochSeconds: 0, meter: null, state: await firstState(job, setup) };
}

function recordOf(job: JobOf<'train'>, { compiled, parts }: Setup, plan: Plan, engine: Engine): RunRecord {
  return {
    id: job.runId,
    project: job.project,
    network: job.network,
    settings: job.settings,
    dataset: job.dataset.id,
    datasetFingerprint: job.datasetFingerprint,
    engine: engine.id,
    engineVersion: engine.version,
    device: engine.device,
    parameters: parameterCount(compiled),
    samples: { train: plan.trainCount, validation: plan.validation.length, test: parts.test.count },
    stepsPerEpoch: plan.stepsPerEpoch,
    loss: compiled.loss,
    metrics: compiled.metrics,
    startedAt: job.startedAt,
    appVersion: job.appVersion,
  };
}

/** One training in progress; its methods are the loop's hooks. */
class Training {
  private readonly job: JobOf<'train'>;
  private readonly setup: Setup;
  private readonly control: Control;
  private readonly send: Send;
  private readonly log: BatchLog;
  private readonly reporter: Reporter;

  constructor(parts: { job: JobOf<'train'>; setup: Setup; control: Control; send: Send; log: BatchLog; reporter: Reporter }) {
    this.job = parts.job;
    this.setup = parts.setup;
    this.control = parts.control;
    this.send = parts.send;
    this.log = parts.log;
    this.reporter = parts.reporter;
  }

  async save({ step, epochSeconds, meter }: Pick<Checkpoint, 'step' | 'epochSeconds' | 'meter'>): Promise<void> {
    this.reporter.flush();
    await this.log.flush();
    const state = await this.setup.session.state();
    await saveCheckpoint(
      this.job.folder,
      { step, learningRate: this.control.learningRate, seconds: this.reporter.seconds, epochSeconds, meter, state },
      this.setup.shapes,
    );
  }

  batch(step: number, values: MetricValues): void {
    this.log.add(values);
    this.reporter.batch({ step, values });
  }

  async epoch(summary: EpochSummary, step: number): Promise<void> {
    this.reporter.epoch(summary);
    await this.save({ step, epochSeconds: 0, meter: null });
    await appendEpoch(join(this.job.folder, 'epochs.jsonl'), summary);
  }

  async pause(position: LoopPosition): Promise<void> {
    this.reporter.clock(false);
    await this.save(position);
    if (this.control.pausing) this.send({ type: 'paused' });
    await this.control.whilePaused();
    this.reporter.clock(true);
    if (!this.control.stopping) this.send({ type: 'resumed' });
  }

  /** The test result, or null where the person does not wait for it. */
  async test(): Promise<MetricValues | null> {
    const stop = async () => {
      await this.control.breathe();
      if (this.control.stopping) throw new TestStopped();
    };
    try {
      return await testPart(this.setup.session, this.setup.compiled, this.setup.parts.test, this.job.settings.batchSize, stop);
    } catch (error) {
      if (error instanceof TestStopped) return null;
      throw error;
    }
  }
}

class TestStopped extends Error {}

/** Trains. @throws NetwrightError for everything that a person can mend */
export async function trainJob(job: JobOf<'train'>, engine: Engine, control: Control, send: Send): Promise<void> {
  const setup = await prepare(job, engine);
  const { session, compiled } = setup;
  const plan = planOf(job.settings, setup.parts.train.count);
  const start = await startPoint(job, setup, control);
  await session.setState(start.state);

  const record = recordOf(job, setup, plan, engine);
  await atomicWrite(join(job.folder, 'record.json'), `${JSON.stringify(record, null, 2)}\n`);
  const epochsDone = (await keepEpochs(join(job.folder, 'epochs.jsonl'), Math.floor(start.step / plan.stepsPerEpoch))).length;
  const log = await BatchLog.open(join(job.folder, 'batches.f64'), ['loss', ...compiled.metrics], start.step);
  send({ type: 'started', record, step: start.step, totalSteps: plan.totalSteps });

  const reporter = new Reporter({
    totalSteps: plan.totalSteps,
    samplesPerStep: plan.trainCount / plan.stepsPerEpoch,
    seconds: start.seconds,
    step: start.step,
    send: (progress) => {
      // What fails here fails again, and is told, where the loop waits for it.
      log.flush().catch(() => undefined);
      send({ type: 'progress', progress });
    },
  });
  const training = new Training({ job, setup, control, send, log, reporter });
  try {
    const { epochs, batchSize } = job.settings;
    const end = await trainLoop({
      session,
      plan,
      epochs,
      batchSize,
      control,
      pace: new MeasuredPace(),
      step: start.step,
      epochsDone,
      epochSeconds: start.epochSeconds,
      earlier: start.meter,
      results: compiled.meters,
      hooks: training,
    });
    if (end.reason === 'stopped') {
      send({ type: 'stopping' });
      await training.save(end);
    }
    const test = end.reason === 'finished' ? await training.test() : null;
    send({ type: 'ended', reason: end.reason, test });
  } finally {
    reporter.flush();
    await log.close();
    await session.close();
  }
}
