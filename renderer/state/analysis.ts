// What the compiler says about a network as it is drawn: shapes, counts, problems. Worked out on demand, once for each
// network as it stands: moving a node or looking elsewhere computes nothing.

import type { Analysis } from '../../shared/compile/types.ts';
import { adviceFor, analyze, objectiveProblems } from '../../shared/compile/index.ts';
import { refusalsAfter } from '../../shared/compile/problems/suggest.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { Network, NetworkNode } from '../../shared/network/network.ts';
import type { Repair } from '../../shared/network/problem.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { datasetById, useActiveDataset } from './catalog.ts';
import { analysisInside, canvasPath, type OpenBlock, openPath, splitView } from './blockView.ts';
import { currentNetwork, currentProject, useActiveNetwork, useNetwork, useTrainingSettings } from './document.ts';

interface Known {
  readonly network: Network;
  readonly dataset: DatasetDescriptor | null;
  readonly settings: TrainingSettings;
  readonly analysis: Analysis;
}
/** The last analysis of each network, by its id. */
const known = new Map<string, Known>();

const sameNode = (a: NetworkNode, b: NetworkNode | undefined): boolean =>
  b !== undefined && (a === b || (Object.keys(a).length === Object.keys(b).length && meaning(a).every((key) => a[key] === b[key])));
/** The settings that decide whether a network can be trained. */
const decisive = [
  'loss',
  'lossParameters',
  'metrics',
  'metricParameters',
  'classWeights',
  'optimizer',
  'schedule',
  'callbacks',
  'validationSplit',
  'limit',
] as const satisfies readonly (keyof TrainingSettings)[];
const sameSettings = (a: TrainingSettings, b: TrainingSettings): boolean => decisive.every((key) => a[key] === b[key]);
/** All of a node but its place. */
const meaning = (node: NetworkNode) => (Object.keys(node) as (keyof NetworkNode)[]).filter((key) => key !== 'position');
/** True where only positions or the network's name differ. */
const sameMeaning = (a: Network, b: Network): boolean =>
  a === b ||
  (a.edges === b.edges &&
    a.blocks === b.blocks &&
    a.silenced === b.silenced &&
    a.nodes.length === b.nodes.length &&
    a.nodes.every((node, index) => sameNode(node, b.nodes[index])));

/** The analysis of a network; the same object as long as nothing that matters changed. */
export function analysisOf(network: Network, dataset: DatasetDescriptor | null): Analysis {
  const [, block] = splitView(network.id);
  if (block === null) return analysisOfWhole(network, dataset);
  // The block itself is worked in, or what is worked in stands in it.
  const path = openPath();
  const depth = path.findIndex((one) => one.block === block) + 1;
  return analysisAt(network, depth > 0 ? path.slice(0, depth) : canvasPath(), dataset);
}

/** The same for what is seen at the end of a way into blocks. */
export function analysisAt(network: Network, path: readonly OpenBlock[], dataset: DatasetDescriptor | null): Analysis {
  const whole = path.length === 0 ? null : currentNetwork(splitView(network.id)[0]);
  return whole ? analysisInside(whole, analysisOfWhole(whole, dataset), network, path) : analysisOfWhole(network, dataset);
}

function analysisOfWhole(network: Network, dataset: DatasetDescriptor | null): Analysis {
  const settings = currentProject().training;
  const last = known.get(network.id);
  if (last && last.dataset === dataset && sameSettings(last.settings, settings) && sameMeaning(last.network, network)) return last.analysis;
  const found = analyze(network, { dataset, loss: settings.loss });
  const request = { network, analysis: found, dataset, settings };
  const more = [...objectiveProblems(request), ...adviceFor(request)];
  const analysis = more.length === 0 ? found : { ...found, problems: [...found.problems, ...more] };
  known.set(network.id, { network, dataset, settings, analysis });
  return analysis;
}

/** The analysis of a network of the open project, for intents. */
export function currentAnalysis(network: Network): Analysis {
  return analysisOf(network, datasetById(currentProject().dataset));
}

/** The repair of that label as it would be made now: layers it adds stand where there is room since others were moved. */
export function repairNow(network: Network, given: Repair): Repair {
  const { problems } = analyze(network, { dataset: datasetById(currentProject().dataset), loss: currentProject().training.loss });
  return problems.flatMap(({ repairs }) => repairs).find(({ label }) => label === given.label) ?? given;
}

/** The last answer about what fits behind a layer: the same for every layer with the same output. */
let behind: { readonly key: string; readonly refusals: ReadonlyMap<string, string> } | null = null;

/** Why layers do not fit behind `from`, by kind; those that fit are missing. */
export function refusalsBehind(network: Network, from: string): ReadonlyMap<string, string> {
  const dataset = datasetById(currentProject().dataset);
  const analysis = analysisOf(network, dataset);
  const node = network.nodes.find(({ id }) => id === from);
  const key = JSON.stringify([dataset?.id, node?.kind, node?.parameters['shape'], analysis.nodes[from]?.outputShape]);
  if (behind?.key !== key) behind = { key, refusals: refusalsAfter(network, analysis, from, dataset) };
  return behind.refusals;
}

const nothing: Analysis = { nodes: {}, order: [], problems: [], totals: { layers: 0, trainable: 0, nonTrainable: 0, multiplyAdds: 0, activationBytes: 0 } };

/** Shapes, counts and problems of a network of the project, live. */
export function useAnalysis(networkId: string | null): Analysis {
  const network = useNetwork(networkId);
  const dataset = useActiveDataset();
  // The loss is part of what is right or wrong.
  useTrainingSettings();
  return network ? analysisOf(network, dataset) : nothing;
}

/** The same for the network in the open tab. */
export const useActiveAnalysis = (): Analysis => useAnalysis(useActiveNetwork()?.id ?? null);
