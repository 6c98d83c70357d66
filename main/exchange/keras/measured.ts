// The metrics that a Keras model is compiled with, as metrics of ours with their parameters. Several of a kind are numbered, as Keras numbers them.

import type { Json } from '../../../shared/project/plainJson.ts';
import { furtherId, type MetricId, metricIds, metricOf, metrics } from '../../../shared/training/metrics/index.ts';
import type { TrainingSettings } from '../../../shared/training/settings.ts';
import type { Notes } from '../notes.ts';
import { type GivenParameters, namedIn, parametersOf, plain, wordOf } from './given.ts';
import { isObject, type KerasObject, listOr, textOr } from './savedModel.ts';

export interface ReadMetrics {
  readonly ids: readonly string[];
  readonly parameters: NonNullable<TrainingSettings['metricParameters']>;
}

/** Keras has a word for every form of labels; ours fits itself to them. */
const accuracies = ['binaryaccuracy', 'categoricalaccuracy', 'sparsecategoricalaccuracy'];
/** Classes that have another name than their functions. */
const metricNames: Readonly<Record<string, string>> = { logcosherror: 'logcosh' };

function kindOf(name: string): MetricId | undefined {
  const word = metricNames[wordOf(name)] ?? wordOf(name);
  const found = metricIds.find((id) => [plain(id), wordOf(metrics[id].keras)].includes(word));
  return found ?? (accuracies.includes(plain(name)) ? 'accuracy' : undefined);
}

interface Stored {
  readonly name: string;
  readonly config: KerasObject;
}

/** Metrics stand in lists, one for each output in some versions, or under the output's name; each by name or as an object (then with the name they were given). */
function namesIn(value: Json): Stored[] {
  if (Array.isArray(value)) return listOr(value).flatMap(namesIn);
  if (isObject(value) && !('class_name' in value)) return Object.values(value).flatMap(namesIn);
  const named = value === null ? null : namedIn(value);
  if (!named) return [];
  const function_ = textOr(named.config.fn, textOr(named.config.name, named.name));
  return [{ name: named.name === 'MeanMetricWrapper' ? function_ : named.name, config: named.config }];
}

const countsAnswers: readonly (MetricId | undefined)[] = ['precision', 'recall'];

/** Keras gives one number for each of several thresholds: here each of them is a metric. */
function atEachThreshold(one: Stored): Stored[] {
  const { thresholds } = one.config;
  if (!countsAnswers.includes(kindOf(one.name)) || !Array.isArray(thresholds) || thresholds.length < 2) return [one];
  return thresholds.map((threshold) => ({ ...one, config: { ...one.config, thresholds: threshold } }));
}

/** Keras gives one number for each class where no average is named. */
function tellAverage(kind: MetricId, config: KerasObject, notes: Notes): void {
  if (kind === metrics.f1Score.id && 'average' in config && config.average === null)
    notes.add('F1 score: its values by class left out; in their place is their mean.');
}

const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Metrics as they are read one after another: those of other outputs stand beside, for parameters hold for all. */
class Reading {
  private readonly notes: Notes;
  /** With its parameters each, over all outputs. */
  private readonly known = new Map<string, GivenParameters>();

  constructor(notes: Notes) {
    this.notes = notes;
  }

  /** One output's. */
  read(value: Json, weighted: Json): string[] {
    const ids: string[] = [];
    this.add(value, false, ids);
    this.add(weighted, true, ids);
    return ids;
  }

  get parameters(): ReadMetrics['parameters'] {
    return Object.fromEntries([...this.known].filter(([, own]) => Object.keys(own).length > 0));
  }

  private add(value: Json, isWeighted: boolean, ids: string[]): void {
    const all = namesIn(value).flatMap(atEachThreshold);
    const missing = all.filter(({ name }) => kindOf(name) === undefined).map(({ name }) => name);
    if (missing.length > 0) this.notes.add(`The ${missing.length === 1 ? 'metric' : 'metrics'} ${missing.join(', ')} left out.`);
    for (const { name, config } of all) {
      const kind = kindOf(name);
      if (kind !== undefined) this.addOne(kind, config, isWeighted, ids);
    }
  }

  private addOne(kind: MetricId, config: KerasObject, isWeighted: boolean, ids: string[]): void {
    const { title, fields } = metricOf(kind);
    tellAverage(kind, config, this.notes);
    const own = { ...parametersOf({ title, fields }, config, this.notes), ...(isWeighted && { weighted: true }) };
    const id = this.idFor(kind, own, ids);
    if (id === null) return;
    this.known.set(id, own);
    ids.push(id);
  }

  /** An output's own of that kind with these parameters, or another one; null where it is there already. */
  private idFor(kind: MetricId, own: GivenParameters, ids: readonly string[]): string | null {
    const ofKind = [...this.known].filter(([id]) => metricOf(id).kind === kind);
    const same = ofKind.find(([, parameters]) => isSame(parameters, own))?.[0];
    if (same !== undefined) return ids.includes(same) ? null : same;
    return furtherId(
      kind,
      ofKind.map(([id]) => id),
    );
  }
}

/** What each output reports, in the model's order, and the parameters of all. */
export function metricsIn(
  outputs: readonly { readonly metrics: Json; readonly weighted: Json }[],
  notes: Notes,
): { readonly ids: readonly (readonly string[])[]; readonly parameters: ReadMetrics['parameters'] } {
  const reading = new Reading(notes);
  const ids = outputs.map(({ metrics: own, weighted }) => reading.read(own, weighted));
  return { ids, parameters: reading.parameters };
}
