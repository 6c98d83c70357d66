// Keras computes any metric beside any loss, even where its number means nothing (R² of classes). Training here refuses such, so a metric
// that says nothing about what a model's loss and last layer answer is left out at the import, with a sentence. What they leave open stays.

import { analyze } from '../../../shared/compile/index.ts';
import type { Network, NetworkNode } from '../../../shared/network/network.ts';
import type { AnyLoss, Task } from '../../../shared/training/contracts.ts';
import { losses } from '../../../shared/training/losses/index.ts';
import { furtherId, metricOf, metrics } from '../../../shared/training/metrics/index.ts';
import type { TrainingSettings } from '../../../shared/training/settings.ts';
import type { Notes } from '../notes.ts';
import type { ReadTraining } from './training.ts';

const ofProbabilities = new Set(['sigmoid', 'softmax']);
const givesProbabilities = ({ kind, parameters }: NetworkNode): boolean => ofProbabilities.has(String(parameters['activation'])) || ofProbabilities.has(kind);

/** What a loss behind such an output is for; null where nothing can be said: several yes or no may be those of classes, and what lies between 0 and 1 too. */
function taskOf(network: Network, id: string, lossId: string | undefined): Task | null {
  const loss = (losses as Readonly<Record<string, AnyLoss>>)[lossId ?? ''];
  const node = network.nodes.find((one) => one.id === id);
  if (!loss || !node) return null;
  if (loss.labels === 'classes' || loss.labels === 'oneHot') return 'classes';
  if (loss.labels === 'binary') return widthOf(network, id) === 1 ? 'binary' : null;
  return givesProbabilities(node) ? null : 'numbers';
}

const widthOf = (network: Network, id: string): number | undefined => analyze(network, { dataset: null }).nodes[id]?.outputShape?.at(-1);

/** Keras' accuracy of numbers: of a single one that of its halves, of several which one is the largest. Other losses are for what accuracy is for. */
function accuracyOf(network: Network, id: string, lossId: string | undefined): string {
  const loss = (losses as Readonly<Record<string, AnyLoss>>)[lossId ?? ''];
  if (loss?.labels !== 'numbers') return metrics.accuracy.id;
  return widthOf(network, id) === 1 ? metrics.binaryAccuracy.id : metrics.categoricalAccuracy.id;
}

/** What is told of a metric that says nothing. */
function leftOut(title: string, task: Task): string {
  if (task === 'numbers') return `The metric ${title} left out: it says nothing about numbers, which this model gives.`;
  if (task === 'binary') return `The metric ${title} left out: it says nothing about yes or no, which this model gives.`;
  return `The metric ${title} left out: it says nothing about classes, which this model gives.`;
}

type Parameters = NonNullable<TrainingSettings['metricParameters']>;
/** Metrics of one output, and the parameters of all. */
interface Fitting {
  readonly ids: string[];
  readonly parameters: Parameters;
}

/** Each as what it is for this output: an accuracy that is called otherwise here takes its parameters along. */
function renamed(ids: readonly string[], accuracy: string, parameters: Parameters): Fitting {
  const found: string[] = [];
  let all = parameters;
  for (const id of ids) {
    const own = metricOf(id).kind === metrics.accuracy.id && accuracy !== metrics.accuracy.id ? furtherId(accuracy, found) : id;
    const { [id]: given } = parameters;
    if (own !== id && given) all = { ...all, [own]: given };
    found.push(own);
  }
  return { ids: found, parameters: all };
}

/** The metrics that say something; a sentence for each of the others. */
function fitting({ ids, parameters }: Fitting, lossId: string | undefined, [network, output]: readonly [Network, string], notes: Notes): Fitting {
  if (ids.length === 0) return { ids, parameters };
  const task = taskOf(network, output, lossId);
  const kept = renamed(ids, accuracyOf(network, output, lossId), parameters);
  const says = (id: string) => {
    const { title, tasks } = metricOf(id);
    if (task === null || tasks.includes(task)) return true;
    notes.add(leftOut(title, task));
    return false;
  };
  return { ids: kept.ids.filter(says), parameters: kept.parameters };
}

/** How the model is trained, with those metrics that say something about its outputs, which are given as ids in the model's order. */
export function withFittingMetrics(training: ReadTraining, network: Network, outputs: readonly string[], notes: Notes): ReadTraining {
  const { settings } = training;
  let parameters = settings.metricParameters ?? {};
  const fitted = (ids: readonly string[], loss: string | undefined, output: string): string[] => {
    const found = fitting({ ids: [...ids], parameters }, loss, [network, output], notes);
    parameters = found.parameters;
    return found.ids;
  };
  const isOne = outputs.length === 1 && settings.metrics !== undefined;
  const all = isOne ? { metrics: fitted(settings.metrics ?? [], settings.loss, outputs[0] ?? '') } : {};
  const own = isOne
    ? training.outputs
    : training.outputs.map((one, i) => (one.metrics ? { ...one, metrics: fitted(one.metrics, one.loss, outputs[i] ?? '') } : one));
  return { settings: { ...settings, ...all, ...(Object.keys(parameters).length > 0 && { metricParameters: parameters }) }, outputs: own };
}
