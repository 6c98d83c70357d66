// Before the network trains: the layers that learn from the data alone, one after another, each on what the layers before it give.
// Each is a short training of its own with its own programs; the weights go from one to the next, and then to the network's training.
// What is stopped here begins anew when the run is resumed, with the same numbers.

import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Phase, preparationProgram, preparationsOf } from '../../shared/compile/index.ts';
import type { CompiledNetwork } from '../../shared/compile/types.ts';
import { randomKey } from '../../shared/lib/random.ts';
import type { MetricValues } from '../../shared/protocol/contract.ts';
import type { JobOf } from '../../shared/protocol/trainer.ts';
import { Meter } from '../../shared/training/meter.ts';
import type { Control } from './control.ts';
import type { Engine, EngineSession, State, TrainBatch } from './engines/engine.ts';
import { MeasuredPace, type Pace } from './pace.ts';
import { batchesOf, type Plan, planOf } from './plan.ts';
import type { Reporter } from './reporter.ts';
import { openSession, type Setup } from './setup.ts';
import type { Send } from './training.ts';
import { usesOfRows } from './uses.ts';

export interface Preparing {
  readonly job: JobOf<'train'>;
  readonly engine: Engine;
  readonly setup: Setup;
  readonly control: Control;
  readonly reporter: Pick<Reporter, 'clock'>;
  readonly send: Send;
}

/** Thrown inside to leave all loops at once; never leaves this file. */
class Stopped extends Error {}

/** Between calls of the engine a person is heard. */
async function border({ control, reporter, send }: Preparing): Promise<void> {
  await control.breathe();
  if (control.pausing) {
    reporter.clock(false);
    send({ type: 'paused' });
    await control.whilePaused();
    reporter.clock(true);
    if (!control.stopping) send({ type: 'resumed' });
  }
  if (control.stopping) throw new Stopped();
}

/** The programs of one layer's preparation: its step in place of the network's, for which the engine asks as for any training. */
function programsOf({ network, dataset }: JobOf<'train'>, { compiled }: Setup, phase: Phase): (batchSize: number) => CompiledNetwork {
  const own = { ...compiled, slots: [], loss: phase.plan.title, meters: {} };
  return (batchSize) => {
    const trainStep = preparationProgram(network, dataset, batchSize, phase.node);
    return { ...own, batchSize, trainStep, metrics: trainStep.outputs.map(({ name }) => name) };
  };
}

/** The rows of the run's own training part, in an order of the layer's own. */
function planFor({ settings }: JobOf<'train'>, { plan }: Phase, place: number, available: number): Plan {
  return planOf({ ...settings, epochs: plan.epochs, shuffle: plan.shuffle, seed: randomKey(settings.seed, 'prepare', place) }, available);
}

/** As many batches of one size as the pace allows. */
function nextCall(batches: readonly Int32Array[], at: number, pace: Pace, step: number, learningRate: number): TrainBatch[] {
  const size = batches[at]?.length;
  const next = batches.slice(at, at + pace.steps);
  const different = next.findIndex(({ length }) => length !== size);
  return (different < 0 ? next : next.slice(0, different)).map((rows, i) => ({ rows, step: step + 1 + i, learningRate }));
}

/** One epoch. @returns its values, as means over samples */
async function epochOf(
  o: Preparing,
  session: EngineSession,
  batches: readonly Int32Array[],
  pace: Pace,
  doneSteps: number,
  learningRate: number,
): Promise<MetricValues> {
  const meter = new Meter({});
  for (let at = 0; at < batches.length; ) {
    await border(o);
    const call = nextCall(batches, at, pace, doneSteps + at, learningRate),
      since = performance.now();
    const values = await session.trainSteps(call);
    pace.took(call.length, (performance.now() - since) / 1000);
    for (const [i, sums] of values.entries()) meter.add(sums, call[i]?.rows.length ?? 0);
    at += call.length;
  }
  return meter.values();
}

async function prepareLayer(o: Preparing, phase: Phase, place: number, state: State): Promise<State> {
  const { job, engine, setup } = o;
  const { settings } = job;
  const plan = planFor(job, phase, place, setup.parts.train.count);
  const uses = usesOfRows('trainStep', plan.trainCount, settings.batchSize);
  const own = { programs: programsOf(job, setup, phase), uses, randomKey: randomKey(settings.seed, 'prepare', place) };
  const session = await openSession(job, engine, setup.parts, own);
  const pace = new MeasuredPace([...state.values()].reduce((sum, { length }) => sum + length, 0));
  try {
    await session.setState(state);
    for (let epoch = 1; epoch <= phase.plan.epochs; epoch++) {
      const since = performance.now();
      const batches = [...batchesOf(plan.order(epoch), settings.batchSize)];
      const values = await epochOf(o, session, batches, pace, (epoch - 1) * plan.stepsPerEpoch, phase.plan.learningRate);
      const summary = { layer: phase.name, title: phase.plan.title, epoch, epochs: phase.plan.epochs, values, seconds: (performance.now() - since) / 1000 };
      await appendFile(fileOf(job), `${JSON.stringify(summary)}\n`);
      o.send({ type: 'prepared', summary });
    }
    return new Map([...state, ...(await session.state())]);
  } finally {
    await session.close();
  }
}

/** One JSON line per epoch of a layer. */
const fileOf = ({ folder }: JobOf<'train'>): string => join(folder, 'preparation.jsonl');

/**
 * The first state with all that layers learn from the data alone; null where a person stopped it.
 * @param start the state to begin with where no layer does
 * @param drawn weights as drawn, slots at zero
 */
export async function prepareLayers(o: Preparing, start: State, drawn: () => Promise<State>): Promise<State | null> {
  const phases = preparationsOf(o.job.network);
  if (phases.length === 0) return start;
  await rm(fileOf(o.job), { force: true });
  const first = await drawn();
  const slots = new Set(o.setup.compiled.slots.map(({ name }) => name));
  let weights: State = new Map([...first].filter(([name]) => !slots.has(name)));
  try {
    for (const [place, phase] of phases.entries()) weights = await prepareLayer(o, phase, place, weights);
  } catch (error) {
    if (error instanceof Stopped) return null;
    throw error;
  }
  return new Map([...first, ...weights]);
}
