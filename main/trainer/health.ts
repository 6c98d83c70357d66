// Looks how the layers do while a network trains (compile/programs/health.ts), at the ends of epochs, over one batch that stays the same: in a session of its
// own beside the training's, which it neither changes nor waits for. Only for runs that somebody looks at.

import { healthNode, healthProgram } from '../../shared/compile/index.ts';
import { columnsOf } from '../../shared/datasets/columns.ts';
import { randomKey } from '../../shared/lib/random.ts';
import type { JobOf } from '../../shared/protocol/trainer.ts';
import { type Program, sizeOf } from '../../shared/tensor/types.ts';
import { healthSamples, type LayerHealth, type NetworkHealth } from '../../shared/training/health.ts';
import type { Engine, EngineSession, StepValues } from './engines/engine.ts';
import { arrays, type LoadedPart } from './parts.ts';
import type { Plan } from './plan.ts';
import { ResidentRows } from './rows.ts';
import { openSession, type Setup } from './setup.ts';

/** Milliseconds between two looks: of short epochs most have none. */
const PAUSE = 500;

export interface HealthParts {
  readonly job: JobOf<'train'>;
  readonly engine: Engine;
  readonly setup: Setup;
  readonly plan: Plan;
}

const healthOf = ([spread = 0, still = 0, gradient = 0]: Float32Array): LayerHealth => ({ spread, still, gradient });

/** In the program's order, which is that of computation. Only what is a number can be drawn and kept; a loss that is none ends the run in words anyway. */
function networkHealth({ outputs }: Program, values: StepValues): NetworkHealth {
  const layers = outputs.flatMap(({ name }) => {
    const node = healthNode(name),
      numbers = values[name];
    return node !== null && numbers?.every(Number.isFinite) ? [[node, healthOf(numbers)] as const] : [];
  });
  return Object.fromEntries(layers);
}

interface Look {
  readonly program: Program;
  readonly session: EngineSession;
  /** All of the session's own. */
  readonly rows: Int32Array;
}

export class HealthWatch {
  private readonly o: HealthParts;
  private opened: Look | null = null;
  private last = Number.NEGATIVE_INFINITY;
  private broken = false;

  constructor(parts: HealthParts) {
    this.o = parts;
  }

  /** Drawn once, by the order of the first epoch: sorted data would begin with one class alone. */
  private rows(): LoadedPart {
    const { job, setup, plan } = this.o;
    const wanted = plan.order(1).slice(0, healthSamples);
    const columns = columnsOf(job.dataset).map(({ key, shape, dtype }) => {
      const numbers = new arrays[dtype](sizeOf(shape) * wanted.length);
      setup.parts.train.rows.copy(key, wanted, numbers);
      return [key, numbers] as const;
    });
    const part = { count: wanted.length, columns: Object.fromEntries(columns) };
    return { ...part, rows: new ResidentRows(part), streamed: [] };
  }

  private async open(): Promise<Look> {
    const { job, engine, setup } = this.o;
    const { network, settings, dataset } = job;
    const part = this.rows(),
      batchSize = part.count;
    const trainStep = healthProgram({ network, settings, dataset, batchSize });
    const session = await openSession(
      job,
      engine,
      { train: part, test: part },
      {
        programs: () => ({ ...setup.compiled, batchSize, slots: [], trainStep }),
        uses: [{ program: 'trainStep', batchSize }],
        randomKey: randomKey(settings.seed, 'health'),
      },
    );
    return { program: trainStep, session, rows: Int32Array.from({ length: batchSize }, (_, row) => row) };
  }

  private async look(step: number): Promise<NetworkHealth> {
    const { setup } = this.o;
    this.opened ??= await this.open();
    const { program, session, rows } = this.opened;
    const state = await setup.session.state();
    await session.setState(new Map(setup.compiled.weights.map(({ name }) => [name, state.get(name) as Float32Array])));
    const [values] = await session.trainSteps([{ rows, step, learningRate: 0 }]);
    return networkHealth(program, values as StepValues);
  }

  /**
   * How the layers do now; null where it was looked at a moment ago.
   * @param always the last look of a run is not left out
   */
  async at(step: number, always: boolean): Promise<NetworkHealth | null> {
    if (this.broken || (!always && performance.now() - this.last < PAUSE)) return null;
    try {
      return await this.look(step);
    } catch {
      // A look beside the training never ends it: where memory is short the second session is the first to go.
      this.broken = true;
      return null;
    } finally {
      this.last = performance.now();
    }
  }

  async close(): Promise<void> {
    await this.opened?.session.close();
  }
}
