// The trainer's entry: a plain Node process that the main process starts, one per run. Does one job, says what happens over
// its IPC channel, and ends; also when the channel closes, so that nothing is left behind.

import { type FromTrainer, type JobOf, type ToTrainer, type TrainerJob, toTrainerSchema } from '../../shared/protocol/trainer.ts';
import { evaluateJob, predictJob } from './checkpointJobs.ts';
import { chooseEngine } from './choose.ts';
import { failureOf, writtenBy } from './failure.ts';
import { forecastJob } from './forecastJob.ts';
import type { Control } from './control.ts';
import { describeEngines, loadEngine } from './engines/index.ts';
import { orAskOthers } from './otherEngines.ts';
import { startControl, trainJob } from './trainJob.ts';

const send = (message: FromTrainer): void => void process.send?.(message);

/** Sends the last message and ends once it is on its way. */
function leave(message?: FromTrainer): void {
  if (!message || !process.send) process.exit(0);
  process.send(message, undefined, undefined, () => process.exit(0));
}

async function train(job: JobOf<'train'>, control: Control): Promise<undefined> {
  const chosen = await chooseEngine(job);
  await orAskOthers(job, chosen.engine, () => trainJob(job, chosen, control, send));
}

async function perform(job: TrainerJob, control: Control | null): Promise<FromTrainer | undefined> {
  if (job.task === 'engines') return { type: 'engines', engines: await describeEngines(job.tested, job.only) };
  if (job.task === 'gpu') return { type: 'gpu', ...(await (await import('./engines/onnxruntime/gpu/probe.ts')).probeGpu()) };
  if (job.task === 'train') return train(job, control as Control);
  if (job.task === 'forecast') return forecastJob(job);
  const engine = await loadEngine(job.settings);
  return job.task === 'evaluate' ? evaluateJob(job, engine) : predictJob(job, engine);
}

let control: Control | null = null;

function start(job: TrainerJob): void {
  // Everything in one chain: the settings may be wrong already where the control is made.
  Promise.resolve()
    .then(() => perform(job, job.task === 'train' ? (control = startControl(job)) : null))
    .then(leave, (error: unknown) => leave({ type: 'failed', error: failureOf(error, writtenBy(job)) }));
}

function obey(message: ToTrainer): void {
  if (message.type === 'start') start(message.job);
  else if (message.type === 'pause') control?.pause();
  else if (message.type === 'resume') control?.resume();
  else if (message.type === 'stop') control?.stop();
  else if (control) control.learningRate = message.value;
}

process.on('message', (message) => {
  const known = toTrainerSchema.safeParse(message);
  if (known.success) obey(known.data);
  else
    leave({
      type: 'failed',
      error: {
        kind: 'work',
        code: 'job-invalid',
        message: `The trainer got a message it does not understand: ${known.error.issues[0]?.path.join('.')} ${known.error.issues[0]?.message}.`,
      },
    });
});
process.on('disconnect', () => process.exit(0));
// Ctrl-C on a terminal reaches the whole group: the main process decides what it means, and asks for the checkpoint.
process.on('SIGINT', () => undefined);
