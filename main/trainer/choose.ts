// Which engine a training gets when the settings leave it open: the only one that works, the one that was quicker on this network before, or the one
// that is quicker in a short measurement. Says why, for the one and for the others.

import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { initialState } from '../../shared/compile/index.ts';
import { meaningOf } from '../../shared/network/meaning.ts';
import type { EngineChoice, RunRecord } from '../../shared/protocol/contract.ts';
import type { JobOf } from '../../shared/protocol/trainer.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { enginesVariable } from '../files/installedEngine.ts';
import type { Engine } from './engines/engine.ts';
import { engineIds, engineName, engineTitle, type GpuForAuto, gpuForAuto, loadEngine } from './engines/index.ts';
import { timeSteps } from './measure.ts';
import { planOf } from './plan.ts';
import { prepare } from './setup.ts';

export interface Chosen {
  readonly engine: Engine;
  /** Null where the settings name the engine. */
  readonly choice: EngineChoice | null;
}
type Job = JobOf<'train'>;
/** How long an engine needs for one step of a job, in seconds. */
export type Measure = (engine: Engine, job: Job) => Promise<number>;

/** A run that takes no longer than this on the first engine is not worth starting another. */
const SHORT_RUN = 10;

/** Trains for a moment; nothing of it is kept. */
export const measureStep: Measure = async (engine, job) => {
  const setup = await prepare(job, engine);
  try {
    await setup.session.setState(initialState(setup.compiled, job.settings.seed));
    return (await timeSteps(setup.session, Math.min(job.settings.batchSize, planOf(job.settings, setup.parts.train.count).trainCount))).seconds;
  } finally {
    await setup.session.close();
  }
};

const rememberedSchema = z.record(
  z.string(),
  z.object({
    engine: z.string(),
    milliseconds: z.record(z.string(), z.number()),
    /** Why others could not be measured, in their words. */
    failed: z.record(z.string(), z.string()).default({}),
    at: z.number(),
  }),
);
type Remembered = z.infer<typeof rememberedSchema>;
const MOST_REMEMBERED = 200;
/** Something else may have kept the machine busy when it was measured: after a month it is measured again. */
const MONTH = 30 * 24 * 3600 * 1000;

/** Measurements that were made on this machine, by what was measured. */
class Memory {
  private readonly path: string | null;

  constructor(path: string | null) {
    this.path = path;
  }

  async all(): Promise<Remembered> {
    try {
      const kept = rememberedSchema.parse(JSON.parse(await readFile(this.path ?? '', 'utf8')));
      return Object.fromEntries(Object.entries(kept).filter(([, { at }]) => Date.now() - at < MONTH));
    } catch {
      // There is none yet, or it is broken: then it is measured again.
      return {};
    }
  }

  async add(key: string, value: Remembered[string]): Promise<void> {
    if (!this.path) return;
    const kept = Object.entries(await this.all()).filter(([other]) => other !== key);
    await mkdir(dirname(this.path), { recursive: true });
    await atomicWrite(this.path, `${JSON.stringify(Object.fromEntries([...kept.slice(1 - MOST_REMEMBERED), [key, value]]), null, 2)}\n`);
  }
}

/** What a measurement depends on: the layers and their connections, not their names and places; and how this version writes them for an engine. */
function keyOf({ network, settings, dataset, threads, appVersion }: Job, engines: readonly Engine[]): string {
  const { batchSize, optimizer, loss } = settings;
  const parts = {
    network: meaningOf(network),
    settings: { batchSize, optimizer, loss },
    columns: [dataset.features, dataset.labels, dataset.moreFeatures, dataset.moreLabels],
    threads,
    appVersion,
    engines: engines.map(({ id, version, device }) => `${id} ${version} ${device}`),
  };
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}

const inMilliseconds = (seconds: number): number => Number((seconds * 1000).toPrecision(3));
const perStep = (milliseconds: number | undefined): string => `${milliseconds} ms a step`;

/** The engines that work here for these settings, and why the others do not. */
async function candidates(
  { settings: { device } }: Job,
  gpu: GpuForAuto,
): Promise<{ readonly engines: Engine[]; readonly others: EngineChoice['others'][number][] }> {
  const engines: Engine[] = [];
  const others: EngineChoice['others'][number][] = [];
  for (const id of engineIds) {
    try {
      engines.push(await loadEngine({ engine: id, device }));
    } catch (error) {
      others.push({ engine: id, reason: (error as Error).message });
    }
  }
  if (device === 'auto') {
    const found = await gpu();
    if ('reason' in found) others.push(found);
    else engines.push(found);
  }
  return { engines, others };
}

function chosenOf(
  engines: readonly Engine[],
  name: string,
  milliseconds: Remembered[string]['milliseconds'],
  others: EngineChoice['others'],
  how: string,
): Chosen {
  const engine = engines.find((one) => engineName(one) === name) as Engine;
  const slower = engines
    .filter((one) => one !== engine && engineName(one) in milliseconds)
    .map((one) => ({ engine: engineName(one), reason: `Slower on this network: ${perStep(milliseconds[engineName(one)])}.` }));
  return {
    engine,
    choice: {
      reason:
        slower.length === 0
          ? `${engineTitle(engine)} is the only engine here that can do this network.`
          : `${engineTitle(engine)} is quicker on this network: ${perStep(milliseconds[name])} (${how}).`,
      others: [...slower, ...others],
    },
  };
}

/** The first engine, where the run is over before another would have started; null where it is not. */
function shortRun(engines: readonly Engine[], milliseconds: number, totalSteps: number, others: EngineChoice['others']): Chosen | null {
  const [engine, ...rest] = engines;
  const seconds = (milliseconds / 1000) * totalSteps;
  if (!engine || rest.length === 0 || seconds > SHORT_RUN) return null;
  const whole = `the whole run takes about ${Math.max(1, Math.round(seconds))} s on ${engineTitle(engine)}`;
  const reason = `Not tried: ${whole}, and starting another engine takes longer than it could save.`;
  return { engine, choice: { reason: `A short run: ${whole}.`, others: [...rest.map((one) => ({ engine: engineName(one), reason })), ...others] } };
}

const unable = (failed: Readonly<Record<string, string>>): EngineChoice['others'] => Object.entries(failed).map(([engine, reason]) => ({ engine, reason }));

/** Measures one after the other; an engine that cannot do the network is none. */
async function compare(job: Job, engines: readonly Engine[], others: EngineChoice['others'], memory: Memory, measure: Measure): Promise<Chosen> {
  const { totalSteps } = planOf(job.settings, job.train.count);
  const milliseconds: Record<string, number> = {};
  const failed: Record<string, string> = {};
  let error: unknown = null;
  for (const engine of engines) {
    try {
      const own = inMilliseconds(await measure(engine, job));
      milliseconds[engineName(engine)] = own;
      const short = engine === engines[0] ? shortRun(engines, own, totalSteps, others) : null;
      if (short) return short;
    } catch (thrown) {
      error ??= thrown;
      failed[engineName(engine)] = (thrown as Error).message;
    }
  }
  const timeOf = (engine: Engine) => milliseconds[engineName(engine)] as number;
  const able = engines.filter((engine) => engineName(engine) in milliseconds).sort((a, b) => timeOf(a) - timeOf(b));
  const [best] = able;
  if (!best) throw error;
  await memory.add(keyOf(job, engines), { engine: engineName(best), milliseconds, failed, at: Date.now() });
  return chosenOf(able, engineName(best), milliseconds, [...others, ...unable(failed)], 'measured now');
}

/** The engine a run was begun with: it goes on with the same numbers. */
async function earlier({ folder, fromCheckpoint }: Job): Promise<RunRecord | null> {
  if (!fromCheckpoint) return null;
  const text = await readFile(join(folder, 'record.json'), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as RunRecord);
}

/** The engine of a training. @throws NetwrightError of kind `engine` where none can do it, or of kind `project` or `data` for what is wrong there */
export async function chooseEngine(job: Job, measure: Measure = measureStep, gpu: GpuForAuto = gpuForAuto): Promise<Chosen> {
  const { engine: wanted, device } = job.settings;
  if (wanted !== 'auto') return { engine: await loadEngine(job.settings), choice: null };
  const before = await earlier(job);
  const known = engineIds.find((id) => id === before?.engine);
  if (known) return { engine: await loadEngine({ engine: known, device: before?.device === 'gpu' ? 'gpu' : device }), choice: before?.choice ?? null };
  const { engines, others } = await candidates(job, gpu);
  const [only] = engines;
  if (!only) return { engine: await loadEngine(job.settings), choice: null };
  if (engines.length === 1) return { engine: only, choice: { reason: `${engineTitle(only)} is the only engine that works here.`, others } };
  const folder = process.env[enginesVariable];
  const memory = new Memory(folder ? join(folder, 'choices.json') : null);
  const kept = (await memory.all())[keyOf(job, engines)];
  if (!kept) return compare(job, engines, others, memory, measure);
  const first = kept.milliseconds[engineName(only)];
  const short = first === undefined ? null : shortRun(engines, first, planOf(job.settings, job.train.count).totalSteps, others);
  return short ?? chosenOf(engines, kept.engine, kept.milliseconds, [...others, ...unable(kept.failed)], 'measured before');
}
