// The order in which Keras lists the layers of a functional model, as keras/src/ops/function.py `map_graph` has it: by distance from the
// output, then by first visit from there. Weights are filed by it, so it must be the same to the letter. A layer used at several places
// (a node for each) is one layer with several calls.

import { classOf, maskedIn, toldOfMasks } from '../../../shared/code/keptMasks.ts';
import type { Network, NetworkNode } from '../../../shared/network/network.ts';
import { incomingEdges, outgoingEdges } from '../../../shared/network/rules.ts';
import { nodesById, ownerOf } from '../../../shared/network/sharing.ts';

export interface OrderedLayer {
  /** The node that owns the weights. */
  readonly node: NetworkNode;
  /** All places where it is used, each after those it depends on. */
  readonly calls: readonly NetworkNode[];
}

/** The nodes whose results the model gives, in the document's order. */
export const modelOutputs = (network: Network): NetworkNode[] =>
  network.nodes.filter(({ id, output }) => output !== undefined || outgoingEdges(network, id).length === 0);

/** Every layer that leads to an output of the network. */
export function modelOrder(network: Network): readonly OrderedLayer[] {
  const byId = nodesById(network.nodes);
  const layerOf = (id: string): string => ownerOf(byId.get(id) as NetworkNode, byId)?.id ?? id;
  const visited = new Map<string, number>();
  const seen = new Set<string>();
  const finished: string[] = [];
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    if (!visited.has(layerOf(id))) visited.set(layerOf(id), visited.size);
    for (const { source } of incomingEdges(network, id)) visit(source);
    finished.push(id);
  };
  for (const { id } of modelOutputs(network)) visit(id);
  const depths = depthsOf(network, finished, layerOf);
  const order = [...depths.keys()].sort(
    (a, b) => (depths.get(b) as number) - (depths.get(a) as number) || (visited.get(a) as number) - (visited.get(b) as number),
  );
  const nodeOf = (id: string): NetworkNode => byId.get(id) as NetworkNode;
  return order.map((layer) => ({ node: nodeOf(layer), calls: finished.filter((id) => layerOf(id) === layer).map(nodeOf) }));
}

/** The distance of each layer from the end; of several calls the largest counts, and for what feeds any later one too. */
function depthsOf(network: Network, finished: readonly string[], layerOf: (id: string) => string): ReadonlyMap<string, number> {
  const ofNodes = new Map<string, number>();
  const ofLayers = new Map<string, number>();
  const ways = Map.groupBy(maskWays(network), ({ to }) => to);
  for (const id of finished.toReversed()) {
    const depth = Math.max(ofNodes.get(id) ?? 0, ofLayers.get(layerOf(id)) ?? 0);
    ofLayers.set(layerOf(id), depth);
    const fed = incomingEdges(network, id).map(({ source }) => ({ from: source, distance: 1 }));
    for (const { from, distance } of [...fed, ...(ways.get(id) ?? [])]) ofNodes.set(from, Math.max(depth + distance, ofNodes.get(from) ?? 0));
  }
  return ofLayers;
}

interface MaskWay {
  readonly from: string;
  /** What is handed the mask. */
  readonly to: string;
  readonly distance: number;
}

/**
 * Ways on which a mask reaches a layer that is handed it as a tensor: the operations that Keras makes a mask by stand between. Only a Concatenate's
 * mask looks at what is concatenated (by any ← concatenate ← logical_or ← zeros_like, or any ← concatenate ← ones_like of what has none).
 */
function maskWays(network: Network): readonly MaskWay[] {
  const masked = maskedIn(network);
  const told = network.nodes.filter((node) => toldOfMasks.has(classOf(node)));
  return masked.size === 0 ? [] : told.flatMap((node) => new MaskWalk(network, masked, node.id).ways());
}

/** Back from one layer along its mask. */
class MaskWalk {
  private readonly network: Network;
  private readonly masked: ReadonlySet<string>;
  private readonly to: string;
  /** How many operations stand between, at the most, by node. */
  private readonly farthest = new Map<string, number>();
  private readonly found: MaskWay[] = [];

  constructor(network: Network, masked: ReadonlySet<string>, to: string) {
    this.network = network;
    this.masked = masked;
    this.to = to;
  }

  ways(): readonly MaskWay[] {
    const [read] = incomingEdges(this.network, this.to);
    if (read) this.follow(read.source, 0);
    return this.found;
  }

  private follow(id: string, operations: number): void {
    if (!this.masked.has(id) || (this.farthest.get(id) ?? -1) >= operations) return;
    this.farthest.set(id, operations);
    const sources = incomingEdges(this.network, id).map(({ source }) => source);
    const kind = this.network.nodes.find((node) => node.id === id)?.kind;
    if (kind === 'concatenate') for (const source of sources) this.concatenated(source, operations);
    // Masks are joined one after the other, the first two by the innermost operation.
    else if (merging.has(kind ?? '')) for (const [i, source] of sources.entries()) this.follow(source, operations + sources.length - Math.max(1, i));
    else for (const source of sources.slice(0, 1)) this.follow(source, operations);
  }

  private concatenated(source: string, operations: number): void {
    const has = this.masked.has(source);
    this.found.push({ from: source, to: this.to, distance: operations + (has ? 5 : 4) });
    if (has) this.follow(source, operations + 4);
  }
}

/** What joins the masks of all that comes in. */
const merging: ReadonlySet<string> = new Set(['add', 'subtract', 'multiply', 'average', 'maximum', 'minimum']);

/** Whether layers follow each other from one input to one output, so that Keras would call it Sequential. */
export function isChain(network: Network): boolean {
  return (
    network.edges.length === network.nodes.length - 1 &&
    network.nodes.every(
      ({ id, shares, output }) =>
        shares === undefined &&
        (output === undefined || outgoingEdges(network, id).length === 0) &&
        incomingEdges(network, id).length <= 1 &&
        outgoingEdges(network, id).length <= 1,
    )
  );
}
