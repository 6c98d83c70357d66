// Networks to write code of, for the tests.

import { analyze } from '../../compile/index.ts';
import { datasetOf } from '../../datasets/catalogue.ts';
import type { Network, NetworkEdge, NetworkNode } from '../../network/network.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../training/settings.ts';
import type { CodeRequest } from '../model.ts';

type Part = readonly [kind: string, name: string, from: readonly string[], more?: Partial<NetworkNode>];

/** A network from its layers, each with the names of those that feed it; ids are names. */
export function networkOf(parts: readonly Part[]): Network {
  const nodes = parts.map(([kind, name, , more], row): NetworkNode => ({ id: name, kind, name, parameters: {}, position: { x: 0, y: row * 80 }, ...more }));
  const edges = parts.flatMap(([, name, from]) =>
    from.map((source, input): NetworkEdge => ({ id: `${source}-${name}-${input}`, source, target: name, input })),
  );
  return { id: 'n', name: 'Test net', nodes, edges };
}

export function requestFor(network: Network, datasetId: string | null, settings: Partial<TrainingSettings> = {}): CodeRequest {
  const dataset = datasetId === null ? null : (datasetOf(datasetId) ?? null);
  return { network, dataset, settings: { ...defaultTrainingSettings, ...settings }, analysis: analyze(network, { dataset }) };
}
