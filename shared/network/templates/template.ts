// What a template is, and the words it is written in: a chain of layers, or layers that name what they come from.

import type { TrainingSettings } from '../../training/settings.ts';
import { layout } from '../layout.ts';
import type { Network, NetworkEdge, NetworkNode } from '../network.ts';

export interface Template {
  /** As on the command line: `mnist-mlp`. */
  readonly id: string;
  readonly title: string;
  /** One line: what it shows. */
  readonly about: string;
  readonly group: 'Images' | 'Series' | 'Tables' | 'Text' | 'Unsupervised';
  /** A dataset's id. */
  readonly dataset: string;
  create(): Network[];
  /** Where it differs from the usual settings. */
  readonly training: Partial<TrainingSettings>;
}

/** One layer of a chain: kind, name and the parameters that differ from the defaults. */
export type Step = readonly [kind: string, name: string, parameters?: Readonly<Record<string, unknown>>];

/** Rows of the canvas' grid: the pitch that leaves a readable gap between node cards. */
const ROW = 80;

/** A network whose layers follow each other from top to bottom. */
export function chain(id: string, name: string, steps: readonly Step[]): Network {
  const nodes: NetworkNode[] = steps.map(([kind, nodeName, parameters = {}], row) => ({
    id: `${id}-${row + 1}`,
    kind,
    name: nodeName,
    parameters: { ...parameters },
    position: { x: 0, y: row * ROW },
  }));
  const edges: NetworkEdge[] = nodes.slice(1).map((node, i) => ({ id: `${id}-e${i + 1}`, source: (nodes[i] as NetworkNode).id, target: node.id, input: 0 }));
  return { id, name, nodes, edges };
}

/** One layer of a network with branches. `from`: names of the layers it comes from, in order; left out: the one before. */
export interface Placed {
  readonly kind: string;
  readonly name: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly from?: readonly string[];
  readonly output?: NetworkNode['output'];
}

/** One layer after the one before, or after those named. */
export const step = (kind: string, name: string, parameters: Placed['parameters'] = {}, from?: readonly string[]): Placed => ({
  kind,
  name,
  parameters,
  ...(from && { from }),
});

/** A network whose layers name what they come from; placed by the automatic layout. */
export function graph(id: string, name: string, layers: readonly Placed[]): Network {
  const idOf = new Map(layers.map((layer, i) => [layer.name, `${id}-${i + 1}`]));
  const edges = layers.flatMap(({ name: target, from = [], kind }, i) => {
    const before = layers[i - 1]?.name;
    const sources = from.length > 0 ? from : kind === 'input' || before === undefined ? [] : [before];
    return sources.map((source, input) => ({ source: idOf.get(source) as string, target: idOf.get(target) as string, input }));
  });
  const nodes = layers.map(
    (layer): NetworkNode => ({
      id: idOf.get(layer.name) as string,
      kind: layer.kind,
      name: layer.name,
      parameters: { ...layer.parameters },
      position: { x: 0, y: 0 },
      ...(layer.output && { output: layer.output }),
    }),
  );
  const network: Network = { id, name, nodes, edges: edges.map((edge, i) => ({ id: `${id}-e${i + 1}`, ...edge })) };
  const places = layout(network);
  return { ...network, nodes: nodes.map((node) => ({ ...node, position: places[node.id] ?? node.position })) };
}

/** The optimizer most templates start with. */
export const adam = (learningRate = 0.001) => ({ optimizer: { id: 'adam', parameters: { learningRate } } }) as const;
