// The order in which Keras lists the layers of a functional model, as keras/src/ops/function.py `map_graph` has it: by distance from the
// output, then by first visit from there. Weights are filed by it, so it must be the same to the letter. A layer used at several places
// (a node for each) is one layer with several calls.

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
  for (const id of finished.toReversed()) {
    const depth = Math.max(ofNodes.get(id) ?? 0, ofLayers.get(layerOf(id)) ?? 0);
    ofLayers.set(layerOf(id), depth);
    for (const { source } of incomingEdges(network, id)) ofNodes.set(source, Math.max(depth + 1, ofNodes.get(source) ?? 0));
  }
  return ofLayers;
}

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
