// What a template is, and the words it is written in: a chain of layers with optional side branches.

import type { TrainingSettings } from '../../training/settings.ts';
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
