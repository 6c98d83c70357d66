// Forecasts of trainings: one measurement at a time, in a process of its own, remembered while the app runs. A new question ends the one
// before, and a run that starts ends any: what is measured must have the machine for itself, and a run must not wait.

import { availableParallelism } from 'node:os';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { meaningOf } from '../../shared/network/meaning.ts';
import type { Forecast, ForecastRequest } from '../../shared/protocol/contract.ts';
import type { JobOf } from '../../shared/protocol/trainer.ts';
import { fitToNetwork } from '../datasets/fit.ts';
import type { Datasets } from '../datasets/index.ts';
import type { Host } from '../host.ts';
import { startTrainer, type TrainerProcess } from '../runs/trainerProcess.ts';

export interface ForecastsOptions {
  readonly host: Pick<Host, 'node' | 'trainer' | 'engines' | 'folders'>;
  readonly datasets: Datasets;
  /** Whether a run has the machine now. */
  readonly isTraining: () => boolean;
}

const MOST_REMEMBERED = 100;
const work = (code: string, message: string): NetwrightError => new NetwrightError({ kind: 'work', code, message });
const cancelled = (): NetwrightError => work('forecast-cancelled', 'The measurement was ended.');

interface Measurement {
  isOver: boolean;
  process: TrainerProcess | null;
  /** Ends its answer, where one is still awaited. */
  refuse: (reason: NetwrightError) => void;
}

export class Forecasts {
  private readonly options: ForecastsOptions;
  private readonly known = new Map<string, Forecast>();
  private current: Measurement | null = null;

  constructor(options: ForecastsOptions) {
    this.options = options;
  }

  /** @throws NetwrightError where it was cancelled, a run is going on, the data is not on this machine, or a training would be refused */
  async measure(request: ForecastRequest): Promise<Forecast> {
    this.cancel();
    const key = keyOf(request);
    const known = this.known.get(key);
    if (known) return known;
    if (this.options.isTraining()) throw work('forecast-busy', 'A run is going on: nothing else is measured meanwhile.');
    const measurement: Measurement = { isOver: false, process: null, refuse: () => undefined };
    this.current = measurement;
    try {
      const job = await this.jobOf(request);
      // A run may have been started while the data was brought.
      if (measurement.isOver || this.options.isTraining()) throw cancelled();
      const forecast = await this.perform(measurement, job);
      this.remember(key, forecast);
      return forecast;
    } finally {
      if (this.current === measurement) this.current = null;
    }
  }

  /** Ends what is being measured; nothing where nothing is. */
  cancel(): void {
    const { current } = this;
    if (!current) return;
    this.current = null;
    current.isOver = true;
    current.process?.kill();
    current.refuse(cancelled());
  }

  private remember(key: string, forecast: Forecast): void {
    const [oldest] = this.known.keys();
    if (oldest !== undefined && this.known.size >= MOST_REMEMBERED) this.known.delete(oldest);
    this.known.set(key, forecast);
  }

  /** A dataset that would have to be fetched is not: nobody asked for that. */
  private async jobOf({ network, settings, dataset }: ForecastRequest): Promise<JobOf<'forecast'>> {
    const { datasets, host } = this.options;
    const listed = (await datasets.list()).find(({ id }) => id === dataset);
    if (listed && !listed.available)
      throw work('forecast-no-data', `${listed.title} is not on this machine yet: there is nothing to measure with. Fetch it first.`);
    const { descriptor, train, test } = await datasets.prepare(dataset);
    return {
      task: 'forecast',
      folder: host.folders.cache,
      network,
      settings,
      dataset: fitToNetwork(descriptor, network, settings),
      train,
      test,
      threads: availableParallelism(),
    };
  }

  private perform(measurement: Measurement, job: JobOf<'forecast'>): Promise<Forecast> {
    return new Promise((resolve, reject) => {
      measurement.refuse = reject;
      measurement.process = startTrainer(this.options.host, job, {
        message: (message) => {
          if (message.type === 'forecast') resolve(message.forecast);
          else if (message.type === 'failed') reject(new NetwrightError(message.error));
        },
        end: (exit) => reject(new NetwrightError(exit)),
      });
    });
  }
}

/** Everything that the numbers depend on; the seed and what is done at the end of epochs are no part of it. */
function keyOf({ network, settings, dataset }: ForecastRequest): string {
  const { batchSize, epochs, optimizer, loss, lossParameters, limit, validationSplit, engine, device, metrics } = settings;
  return JSON.stringify([meaningOf(network), { batchSize, epochs, optimizer, loss, lossParameters, limit, validationSplit, engine, device, metrics }, dataset]);
}
