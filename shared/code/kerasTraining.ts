// How a network is compiled and fitted, as Keras code: optimizer, schedule, losses, metrics, callbacks, `fit`.

import type { OutputObjective } from '../compile/index.ts';
import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import { snakeCase } from '../layers/snakeCase.ts';
import { defaults, type Fields } from '../lib/fields.ts';
import type { AnyCallback, AnySchedule } from '../training/contracts.ts';
import { callbacks } from '../training/callbacks/index.ts';
import { metricOf, metrics } from '../training/metrics/index.ts';
import { resolveOptimizer } from '../training/optimizers/index.ts';
import { schedules } from '../training/schedules/index.ts';
import { numbersIn } from '../layers/preprocessing/numberList.ts';
import type { ChosenSettings, TrainingSettings } from '../training/settings.ts';
import { classNamed, kerasCall, type KerasModule } from './kerasObject.ts';
import { callLines, comment, python, quoted, unsaid } from './python.ts';

type Values = Readonly<Record<string, unknown>>;

/** Parameters under Keras' names. */
function named(fields: Fields, values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [fields[key]?.keras ?? snakeCase(key), value]));
}

/** The names in Keras of what is a fraction: written with a point, as some constructors insist. */
const fractions = (fields: Fields): ReadonlySet<string> =>
  new Set(Object.entries(fields).flatMap(([key, { kind, keras }]) => (kind === 'number' || kind === 'optionalNumber' ? [keras ?? snakeCase(key)] : [])));

const object = (module: KerasModule, className: string, fields: Fields, values: Values): string =>
  kerasCall(module, className, named(fields, values), fractions(fields));

/** Tells the steps of a schedule that is to last the whole run. */
const stepsInAll = 'total_steps';

/** The learning rate: a number, or the schedule that starts from it. */
function learningRate(initial: number, schedule: ChosenSettings | undefined): string {
  const definition: AnySchedule | undefined = schedule && (schedules as Readonly<Record<string, AnySchedule>>)[schedule.id];
  if (!schedule || !definition || definition.id === 'constant') return python(initial, true);
  const values: Values = { ...defaults(definition.fields), ...schedule.parameters };
  const first = `keras.optimizers.schedules.${definition.keras}`;
  if (definition.id === 'piecewiseConstantDecay')
    return `${first}(boundaries=${python(numbersIn(String(values['boundaries'])))}, values=${python(numbersIn(String(values['values'])), true)})`;
  const { decaySteps, initialRate = null, ...others } = values;
  const steps = 'decaySteps' in values ? [`decay_steps=${decaySteps === null ? stepsInAll : python(decaySteps)}`] : [];
  const rest = object('keras.optimizers.schedules', definition.keras, definition.fields, others).slice(first.length + 1, -1);
  return `${first}(${[`initial_learning_rate=${python(initialRate ?? initial, true)}`, ...steps, ...(rest === '' ? [] : [rest])].join(', ')})`;
}

/** Whether a schedule asks how many steps the run has. */
export const needsSteps = ({ schedule }: TrainingSettings): boolean =>
  schedule !== undefined && schedule.id !== 'constant' && schedule.id !== 'piecewiseConstantDecay' && (schedule.parameters['decaySteps'] ?? null) === null;

/** How many steps the run has, said in numbers of the data at hand. */
export const stepsLine = ({ epochs, batchSize, validationSplit }: TrainingSettings, samples: string): string =>
  `${stepsInAll} = ${epochs} * -(-${validationSplit > 0 ? `int(${samples} * ${python(1 - validationSplit)})` : samples} // ${batchSize})`;

function optimizerText(settings: TrainingSettings): string {
  const { definition, parameters } = resolveOptimizer(settings.optimizer);
  const { learningRate: initial, ...others } = parameters;
  const whole = object('keras.optimizers', definition.keras, definition.fields, others);
  const [head, rest] = [whole.slice(0, whole.indexOf('(')), whole.slice(whole.indexOf('(') + 1, -1)];
  return `${head}(${[`learning_rate=${learningRate(Number(initial), settings.schedule)}`, ...(rest === '' ? [] : [rest])].join(', ')})`;
}

/** By its class where parameters differ from Keras' own, else by its name; null where Keras has no such loss. */
function lossText({ loss, parameters }: OutputObjective): string | null {
  if (loss.keras === null) return null;
  const className = classNamed('keras.losses', loss.keras);
  const text = className && object('keras.losses', className, loss.fields, parameters);
  return text && !text.endsWith('()') ? text : quoted(loss.keras);
}

function metricText(id: string, { weighted: _, ...parameters }: Values): string {
  const { kind, fields } = metricOf(id);
  const { keras } = metrics[kind];
  const className = classNamed('keras.metrics', keras);
  const text = className && object('keras.metrics', className, fields, parameters);
  return text && !text.endsWith('()') ? text : quoted(keras);
}

const list = (texts: readonly string[]): string => `[${texts.join(', ')}]`;
const single = (texts: readonly string[]): string => (texts.length === 1 ? (texts[0] as string) : list(texts));

/** `model.compile(…)`, or, for a loss that Keras lacks, the reason. */
export function compileLines(objectives: readonly OutputObjective[], settings: TrainingSettings): string[] {
  const lost = objectives.find(({ loss }) => loss.keras === null);
  if (lost) return unsaid(`Keras has no loss ${lost.loss.title}: choose another one to train with Keras.`);
  const weights = objectives.map(({ lossWeight }) => lossWeight);
  const metricsOf = (isWeighted: boolean) =>
    objectives.map(({ metrics, metricParameters }) => {
      const own = metrics.filter((id) => (metricParameters[id]?.['weighted'] === true) === isWeighted);
      return list(own.map((id) => metricText(id, metricParameters[id] ?? {})));
    });
  const weighted = metricsOf(true);
  return callLines('model.compile', [
    `optimizer=${optimizerText(settings)}`,
    `loss=${single(objectives.map((one) => lossText(one) ?? ''))}`,
    ...(weights.every((weight) => weight === 1) ? [] : [`loss_weights=${list(weights.map((weight) => python(weight, true)))}`]),
    `metrics=${single(metricsOf(false))}`,
    ...(weighted.every((texts) => texts === '[]') ? [] : [`weighted_metrics=${single(weighted)}`]),
  ]);
}

/** A callback as Keras has it, or what is to be said instead. */
function callbackText({ id, parameters }: ChosenSettings): { readonly text: string | null; readonly remark: string | null } {
  const definition: AnyCallback | undefined = (callbacks as Readonly<Record<string, AnyCallback>>)[id];
  if (!definition?.keras) return { text: null, remark: `Keras has no callback “${definition?.title ?? id}”: left out here.` };
  const values: Values = { ...defaults(definition.fields), ...parameters };
  if (id !== 'bestCheckpoint') return { text: object('keras.callbacks', definition.keras, definition.fields, values), remark: null };
  const { monitor, mode } = values;
  const text = `keras.callbacks.ModelCheckpoint("best.keras", monitor=${python(monitor)}, save_best_only=True${mode === 'auto' ? '' : `, mode=${python(mode)}`})`;
  return { text, remark: values['restore'] === true ? 'To end with the best epoch, load best.keras afterwards.' : null };
}

function weighing({ limit }: TrainingSettings, dataset: DatasetDescriptor | null): string[] {
  const count = dataset?.sampleWeights?.length ?? 0;
  if (count === 0) return [];
  if (limit === null) return ['sample_weight=w_train'];
  return [count === 1 ? `sample_weight=w_train[:${limit}]` : `sample_weight=[w[:${limit}] for w in w_train]`];
}

/** `model.fit(…)` and `model.evaluate(…)`. */
export function fitLines(settings: TrainingSettings, dataset: DatasetDescriptor | null): string[] {
  const told = (settings.callbacks ?? []).map(callbackText);
  const texts = told.flatMap(({ text }) => text ?? []);
  const weights = Object.entries(settings.classWeights ?? {}).map(([key, weight]) => `${key}: ${python(weight, true)}`);
  const fit = [
    'x_train',
    'y_train',
    `batch_size=${settings.batchSize}`,
    `epochs=${settings.epochs}`,
    ...(settings.validationSplit > 0 ? [`validation_split=${python(settings.validationSplit)}`] : []),
    ...(settings.shuffle ? [] : ['shuffle=False']),
    ...(texts.length > 0 ? [`callbacks=${list(texts)}`] : []),
    ...weighing(settings, dataset),
    ...(weights.length > 0 ? [`class_weight={${weights.join(', ')}}`] : []),
  ];
  return [...told.flatMap(({ remark }) => (remark ? comment(remark) : [])), ...callLines('model.fit', fit), 'model.evaluate(x_test, y_test)'];
}
