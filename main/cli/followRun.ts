// Follows one run to its end: prints its events, draws its bar, heeds Ctrl-C. Used by train and resume.

import { NetwrightError } from '../../shared/lib/errors.ts';
import type { EngineChoice, PreparationSummary, RunProgress, RunSnapshot } from '../../shared/protocol/contract.ts';
import type { FromTrainer } from '../../shared/protocol/trainer.ts';
import type { Main } from '../createMain.ts';
import { formatCount, formatValue, interrupted, type Output } from './output.ts';
import { formatSeconds, ProgressBar } from './progressBar.ts';

export interface Follow {
  readonly main: Main;
  readonly output: Output;
  /** How the run is called in events: what other commands take as RUN. */
  readonly name: string;
  readonly logBatches: boolean;
}

/** Turns what a trainer says into the events of the command line. */
export class RunEvents {
  private readonly options: Pick<Follow, 'output' | 'logBatches'>;
  name = '';
  private stepsPerEpoch = 1;
  private readonly bar = new ProgressBar();

  constructor(options: Pick<Follow, 'output' | 'logBatches'>) {
    this.options = options;
  }

  hear(message: FromTrainer): void {
    if (message.type === 'started') this.started(message);
    else if (message.type === 'prepared') this.prepared(message.summary);
    else if (message.type === 'progress') this.progress(message);
  }

  private started({ record, step }: Extract<FromTrainer, { type: 'started' }>): void {
    const { output } = this.options;
    this.stepsPerEpoch = record.stepsPerEpoch;
    const { train, validation, test } = record.samples;
    output.event({
      ...{ event: 'start', run: this.name, engine: record.engine, device: record.device, network: record.network.name, parameters: record.parameters },
      ...{
        samples: train,
        validation_samples: validation,
        test_samples: test,
        seed: record.settings.seed,
        step,
        epochs: record.settings.epochs,
        steps_per_epoch: record.stepsPerEpoch,
        loss: record.loss,
      },
      ...(record.streamed ? { streamed: record.streamed } : {}),
      ...(record.choice ? { choice: record.choice } : {}),
      ...(record.engineRemark ? { remark: record.engineRemark } : {}),
      ...(record.startRemark ? { start_remark: record.startRemark } : {}),
    });
    output.line(
      `${record.network.name}: ${formatCount(record.parameters)} parameters, ${formatCount(train)} samples of ${record.dataset}, ${record.engine} ${record.engineVersion} on the ${record.device.toUpperCase()}`,
    );
    if (record.streamed) output.line(`Streamed from disk, since it does not fit into memory: ${record.streamed.join(', ')}`);
    if (record.startRemark) output.line(record.startRemark);
    if (record.engineRemark) output.line(record.engineRemark);
    if (record.choice) for (const line of choiceLines(record.choice)) output.line(line);
  }

  private prepared({ layer, title, epoch, epochs, values, seconds }: PreparationSummary): void {
    const { output } = this.options;
    output.event({ event: 'prepared', layer, method: title, epoch, epochs, ...values, seconds });
    const shown = Object.entries(values).map(([key, value]) => `  ${key} ${formatValue(value)}`);
    output.line(`${layer}: ${title}, epoch ${epoch} of ${epochs}${shown.join('')}  (${formatSeconds(seconds)})`);
  }

  private progress({ progress }: Extract<FromTrainer, { type: 'progress' }>): void {
    const { output, logBatches } = this.options;
    if (logBatches)
      for (const { step, values } of progress.batches) output.event({ event: 'batch', epoch: Math.ceil(step / this.stepsPerEpoch), step, ...values });
    for (const { epoch, values, seconds, samplesPerSecond, learningRate } of progress.epochs) {
      this.bar.clear();
      output.event({ event: 'epoch', epoch, ...values, seconds, samples_per_second: samplesPerSecond, learning_rate: learningRate });
      const shown = Object.entries(values).map(([key, value]) => `${key} ${formatValue(value)}`);
      output.line(`Epoch ${epoch}: ${shown.join('  ')}  (${formatSeconds(seconds)}, ${formatCount(Math.round(samplesPerSecond))} samples/s)`);
    }
  }

  draw(progress: RunProgress): void {
    if (!this.options.output.json) this.bar.draw(progress);
  }

  /** @returns the exit status */
  ended(run: RunSnapshot, wasInterrupted: boolean): number {
    const { output } = this.options;
    this.bar.clear();
    const status = run.error ? output.error(new NetwrightError(run.error)) : 0;
    output.event({
      event: 'end',
      reason: run.note === undefined ? run.status : 'early-stopping',
      run: this.name,
      ...(run.note === undefined ? {} : { note: run.note }),
      ...(run.test ? { test: run.test } : {}),
      ...(run.record?.peakMemory === undefined ? {} : { peak_memory: run.record.peakMemory }),
    });
    if (run.note !== undefined) output.line(run.note);
    if (run.test)
      output.line(
        `Test: ${Object.entries(run.test)
          .map(([key, value]) => `${key} ${formatValue(value)}`)
          .join('  ')}`,
      );
    if (run.record?.streamed && run.record.peakMemory !== undefined)
      output.line(`The trainer held at most ${formatCount(Math.round(run.record.peakMemory / 2 ** 20))} MiB.`);
    if (run.status === 'stopped') output.line(`Stopped at step ${run.step} of ${run.totalSteps}. Go on with: netwright resume ${this.name}`);
    return wasInterrupted ? interrupted : status;
  }
}

/** Why this engine, and why not the others. */
const choiceLines = ({ reason, others }: EngineChoice): string[] => [reason, ...others.map((other) => `  not ${other.engine}: ${other.reason}`)];

/** Waits for a run; the first Ctrl-C stops it with a checkpoint, as SIGTERM does. @returns the exit status */
export async function followRun(main: Main, events: RunEvents, id: string): Promise<number> {
  let wasInterrupted = false;
  const stop = () => {
    if (!wasInterrupted) main.runs.stop(id);
    wasInterrupted = true;
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const end = main.subscribe((event, payload) => event === 'runs.progress' && events.draw(payload as RunProgress));
  try {
    return events.ended(await main.runs.whenEnded(id), wasInterrupted);
  } finally {
    end();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
