// Time and memory of a training before it is started: its programs on its engine with its data, for a few steps. Nothing is kept, nothing is written.

import { totalmem } from 'node:os';
import { compileNetwork, initialState, memoryOf } from '../../shared/compile/index.ts';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { FromTrainer, JobOf } from '../../shared/protocol/trainer.ts';
import { chooseEngine } from './choose.ts';
import { engineTitle } from './engines/index.ts';
import { timeEvaluation, timeSteps } from './measure.ts';
import { type Plan, planOf } from './plan.ts';
import { prepare, type Setup } from './setup.ts';

/** The training that is forecast; what only names it is empty. */
const trainingOf = (job: JobOf<'forecast'>): JobOf<'train'> => ({
  ...job,
  task: 'train',
  runId: '',
  project: '',
  datasetFingerprint: '',
  appVersion: '',
  startedAt: '',
  fromCheckpoint: false,
  health: false,
  initialWeights: null,
});

/** Beyond this share of the machine's memory not even one step is tried. */
const MOST_MEMORY = 0.6;
const gibibytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);

/** @throws NetwrightError where the computed need is more than the machine can give */
function refuseTooLarge(bytes: number): void {
  if (bytes <= MOST_MEMORY * totalmem()) return;
  throw new NetwrightError({
    kind: 'work',
    code: 'forecast-too-large',
    message: `A step would hold about ${gibibytes(bytes)} GiB, and this machine has ${gibibytes(totalmem())} GiB. Use a smaller batch size or a smaller network.`,
  });
}

/** Seconds of validation at the end of an epoch; none where there is none. */
async function validationSeconds({ session }: Setup, { validation }: Plan, batchSize: number): Promise<number> {
  const size = Math.min(batchSize, validation.length);
  return size === 0 ? 0 : ((await timeEvaluation(session, validation.subarray(0, size))) * validation.length) / size;
}

/** Measures. @throws NetwrightError for everything a training would be refused for */
export async function forecastJob(job: JobOf<'forecast'>): Promise<FromTrainer> {
  const training = trainingOf(job);
  const { settings, network, dataset } = training;
  const plan = planOf(settings, job.train.count);
  const batchSize = Math.min(settings.batchSize, plan.trainCount);
  const { state, values } = memoryOf(compileNetwork({ network, settings, dataset, batchSize }).trainStep);
  refuseTooLarge(state + values);
  const { engine } = await chooseEngine(training);
  const setup = await prepare(training, engine);
  try {
    await setup.session.setState(initialState(setup.compiled, settings.seed));
    const step = await timeSteps(setup.session, batchSize);
    const validation = await validationSeconds(setup, plan, settings.batchSize);
    return {
      type: 'forecast',
      forecast: {
        engine: engine.id,
        engineTitle: engineTitle(engine),
        device: engine.device,
        secondsPerEpoch: step.seconds * (plan.trainCount / batchSize) + validation,
        epochs: settings.epochs,
        stepSeconds: step.seconds,
        stepsMeasured: step.steps,
        stepsPerEpoch: plan.stepsPerEpoch,
        batchSize,
        peakMemory: process.resourceUsage().maxRSS * 1024,
        stateBytes: state,
        valueBytes: values,
      },
    };
  } finally {
    await setup.session.close();
  }
}
