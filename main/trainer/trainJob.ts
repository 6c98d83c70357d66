// A training from job to result: engine, data, start or checkpoint, loop, test. Writes the run's files; says what happens
// through `send`, which goes to the main process.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initialState } from '../../shared/compile/index.ts';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { RunRecord } from '../../shared/protocol/contract.ts';
import type { JobOf } from '../../shared/protocol/trainer.ts';
import { Callbacks } from '../../shared/training/callbacks/index.ts';
import { resolveOptimizer } from '../../shared/training/optimizers/index.ts';
import { resolveSchedule } from '../../shared/training/schedules/index.ts';
import { watchable } from '../../shared/training/split.ts';
import { sizeOf } from '../../shared/tensor/types.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { decodeSafetensors } from '../files/safetensors.ts';
import { BatchLog } from './batchLog.ts';
import { type Checkpoint, loadCheckpoint, stateFrom } from './checkpoint.ts';
import type { Chosen } from './choose.ts';
import { Control } from './control.ts';
import type { State } from './engines/engine.ts';
import { keepEpochs } from './epochLog.ts';
import { HealthWatch } from './health.ts';
import { trainLoop } from './loop.ts';
import { MeasuredPace } from './pace.ts';
import { type Plan, planOf } from './plan.ts';
import { prepareLayers } from './preparing.ts';
import { Reporter } from './reporter.ts';
import { parameterCount, prepare, type Setup } from './setup.ts';
import { type Send, Training } from './training.ts';

/** The rate the settings ask for at the start. */
export const startControl = ({ settings }: JobOf<'train'>): Control => new Control(resolveOptimizer(settings.optimizer).parameters.learningRate as number);

/** Weights from a file where the job names one, drawn from the seed else; slots are always fresh. */
async function firstState({ initialWeights, settings }: JobOf<'train'>, { compiled }: Setup): Promise<State> {
  const drawn = initialState(compiled, settings.seed);
  if (initialWeights === null) return drawn;
  const bytes = await readFile(initialWeights).catch(() => {
    throw new NetwrightError({
      kind: 'data',
      code: 'weights-file',
      where: initialWeights,
      message: `There is no file ${initialWeights} with weights to start from. Check the name.`,
    });
  });
  const { tensors } = decodeSafetensors(bytes, initialWeights);
  const weights = stateFrom(tensors, new Map(compiled.weights.map(({ name, shape }) => [name, shape])), initialWeights);
  return new Map([...drawn, ...weights]);
}

/** Where training begins, and what is to be said of it: of checkpoints that are damaged. */
interface StartPoint extends Checkpoint {
  readonly remark: string | null;
}

async function startPoint(job: JobOf<'train'>, setup: Setup, control: Control): Promise<StartPoint> {
  const { state: kept, damaged } = job.fromCheckpoint ? await loadCheckpoint(job.folder, setup.shapes) : { state: null, damaged: [] };
  const [first] = damaged;
  if (kept) control.learningRate = kept.learningRate;
  if (kept) return { ...kept, remark: first === undefined ? null : `It goes on from step ${kept.step}, since a newer checkpoint is damaged. ${first}` };
  const start = { step: 0, learningRate: control.learningRate, seconds: 0, epochSeconds: 0, meter: null, callbacks: {} };
  return { ...start, state: await firstState(job, setup), remark: null };
}

/** How many numbers weights and slots are. */
const stateSize = (shapes: Setup['shapes']): number => [...shapes.values()].reduce((sum, shape) => sum + sizeOf(shape), 0);

/** The most memory this process has held, bytes. */
const peakMemory = (): number => process.resourceUsage().maxRSS * 1024;

function recordOf(job: JobOf<'train'>, { compiled, parts, session }: Setup, plan: Plan, { engine, choice }: Chosen): RunRecord {
  const streamed = new Set([...parts.train.streamed, ...parts.test.streamed]);
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
    ...(choice ? { choice } : {}),
    ...(session.remark ? { engineRemark: session.remark } : {}),
    parameters: parameterCount(compiled),
    samples: { train: plan.trainCount, validation: plan.validation.length, test: parts.test.count },
    stepsPerEpoch: plan.stepsPerEpoch,
    ...(streamed.size > 0 ? { streamed: [...streamed] } : {}),
    loss: compiled.loss,
    metrics: compiled.metrics,
    startedAt: job.startedAt,
    appVersion: job.appVersion,
  };
}

/** Trains. @throws NetwrightError for everything that a person can mend */
export async function trainJob(job: JobOf<'train'>, chosen: Chosen, control: Control, send: Send): Promise<void> {
  const { engine } = chosen;
  const setup = await prepare(job, engine);
  const { session, compiled } = setup;
  const plan = planOf(job.settings, setup.parts.train.count);
  const rateOf = resolveSchedule(job.settings, plan.totalSteps);
  const start = await startPoint(job, setup, control);
  const callbacks = new Callbacks(job.settings, start.callbacks);
  callbacks.requireWatched(watchable(compiled.metrics, { validation: plan.validation.length }));

  const record = { ...recordOf(job, setup, plan, chosen), ...(start.remark === null ? {} : { startRemark: start.remark }) };
  const keepRecord = (news: Partial<RunRecord> = {}) => atomicWrite(join(job.folder, 'record.json'), `${JSON.stringify({ ...record, ...news }, null, 2)}\n`);
  await keepRecord();
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
  const health = job.health ? new HealthWatch({ job, engine, setup, plan }) : null;
  const training = new Training({ job, setup, control, callbacks, send, log, reporter, health });
  try {
    const isFresh = start.step === 0 && job.initialWeights === null;
    const preparing = { job, engine, setup, control, reporter, send };
    const state = isFresh ? await prepareLayers(preparing, start.state, () => firstState(job, setup)) : start.state;
    await session.setState(state ?? start.state);
    if (!state) {
      send({ type: 'stopping' });
      await training.save({ step: 0, epochSeconds: 0, meter: null });
      return send({ type: 'ended', reason: 'stopped', test: null, note: null, peakMemory: peakMemory() });
    }
    const { epochs, batchSize } = job.settings;
    const { rows } = setup.parts.train;
    const end = await trainLoop({
      session,
      plan,
      epochs,
      batchSize,
      control,
      pace: new MeasuredPace(stateSize(setup.shapes)),
      step: start.step,
      epochsDone,
      epochSeconds: start.epochSeconds,
      earlier: start.meter,
      results: compiled.meters,
      rateOf,
      hooks: training,
      ahead: rows.readAhead?.bind(rows),
    });
    if (end.reason === 'stopped') {
      send({ type: 'stopping' });
      await training.save(end);
    }
    const isDone = end.reason !== 'stopped';
    if (isDone) await training.settle(end.step);
    const test = isDone ? await training.test() : null;
    // Asked once: the record on disk and the message say the same.
    const peak = peakMemory();
    await keepRecord({ peakMemory: peak });
    send({ type: 'ended', reason: isDone ? 'finished' : 'stopped', test, note: end.note, peakMemory: peak });
  } finally {
    reporter.flush();
    await log.close();
    await health?.close();
    await session.close();
  }
}
