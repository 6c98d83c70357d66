// Keras computes any metric beside any loss, even where its number means nothing (R² of classes). Training here refuses such, so a metric
// that says nothing about what a model's loss and last layer answer is left out at the import, with a sentence. What they leave open stays.

import { analyze } from '../../../shared/compile/index.ts';
import type { Network, NetworkNode, OutputSettings } from '../../../shared/network/network.ts';
import type { AnyLoss, AnyMetric, Task } from '../../../shared/training/contracts.ts';
import { losses } from '../../../shared/training/losses/index.ts';
import { metrics } from '../../../shared/training/metrics/index.ts';
import type { Notes } from '../notes.ts';
import type { ReadTraining } from './training.ts';

const ofProbabilities = new Set(['sigmoid', 'softmax']);
const givesProbabilities = ({ kind, parameters }: NetworkNode): boolean => ofProbabilities.has(String(parameters['activation'])) || ofProbabilities.has(kind);

/** What a loss behind such an output is for; null where nothing can be said: several numbers may be those of classes, and what lies between 0 and 1 too. */
function taskOf(network: Network, id: string, lossId: string | undefined): Task | null {
  const loss = (losses as Readonly<Record<string, AnyLoss>>)[lossId ?? ''];
  const node = network.nodes.find((one) => one.id === id);
  if (!loss || !node) return null;
  if (loss.labels === 'classes' || loss.labels === 'oneHot') return 'classes';
  if (loss.labels === 'binary') return widthOf(network, id) === 1 ? 'binary' : null;
  return givesProbabilities(node) || widthOf(network, id) !== 1 ? null : 'numbers';
}

const widthOf = (network: Network, id: string): number | undefined => analyze(network, { dataset: null }).nodes[id]?.outputShape?.at(-1);

/** Keras' accuracy of a single number is that of its halves, which holds for numbers too. */
const inPlaceOf = (id: string, task: Task): string => (id === metrics.accuracy.id && task === 'numbers' ? metrics.binaryAccuracy.id : id);

/** What is told of a metric that says nothing. */
function leftOut(title: string, task: Task): string {
  if (task === 'numbers') return `The metric ${title} left out: it says nothing about numbers, which this model gives.`;
  if (task === 'binary') return `The metric ${title} left out: it says nothing about yes or no, which this model gives.`;
  return `The metric ${title} left out: it says nothing about classes, which this model gives.`;
}

/** The metrics that say something; a sentence for each of the others. */
function fitting(ids: readonly string[], lossId: string | undefined, [network, output]: readonly [Network, string], notes: Notes): readonly string[] {
  const task = ids.length === 0 ? null : taskOf(network, output, lossId);
  if (task === null) return ids;
  const kept = ids.map((id) => inPlaceOf(id, task));
  return [...new Set(kept)].filter((id) => {
    const { title, tasks } = (metrics as Readonly<Record<string, AnyMetric>>)[id] as AnyMetric;
    if (tasks.includes(task)) return true;
    notes.add(leftOut(title, task));
    return false;
  });
}

/** How the model is trained, with those metrics that say something about its outputs, which are given as ids in the model's order. */
export function withFittingMetrics(training: ReadTraining, network: Network, outputs: readonly string[], notes: Notes): ReadTraining {
  const { settings } = training;
  const [only] = outputs;
  if (outputs.length === 1 && only !== undefined && settings.metrics)
    return { ...training, settings: { ...settings, metrics: [...fitting(settings.metrics, settings.loss, [network, only], notes)] } };
  const own = training.outputs.map(
    (output, i): OutputSettings =>
      output.metrics ? { ...output, metrics: [...fitting(output.metrics, output.loss, [network, outputs[i] ?? ''], notes)] } : output,
  );
  return { ...training, outputs: own };
}
