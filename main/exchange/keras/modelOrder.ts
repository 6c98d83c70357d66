// The order in which Keras lists the layers of a functional model, as keras/src/ops/function.py `map_graph` has it: by distance from the
// output, then by first visit from there. Weights are filed by it, so it must be the same to the letter.

import type { Network, NetworkNode } from '../../../shared/network/network.ts';
import { incomingEdges, outgoingEdges } from '../../../shared/network/rules.ts';

/** Every layer that leads to an end of the network. */
export function modelOrder(network: Network): readonly NetworkNode[] {
  const nodes = new Map(network.nodes.map((node) => [node.id, node]));
  const visited = new Map<string, number>();
  const finished: string[] = [];
  const visit = (id: string): void => {
    if (visited.has(id)) return;
    visited.set(id, visited.size);
    for (const { source } of incomingEdges(network, id)) visit(source);
    finished.push(id);
  };
  for (const node of network.nodes) if (outgoingEdges(network, node.id).length === 0) visit(node.id);
  const depths = new Map<string, number>();
  for (const id of finished.reverse()) depths.set(id, Math.max(0, ...outgoingEdges(network, id).map(({ target }) => (depths.get(target) ?? 0) + 1)));
  const order = [...depths.keys()].sort(
    (a, b) => (depths.get(b) as number) - (depths.get(a) as number) || (visited.get(a) as number) - (visited.get(b) as number),
  );
  return order.flatMap((id) => nodes.get(id) ?? []);
}

/** Whether layers follow each other from one input to one output, so that Keras would call it Sequential. */
export function isChain(network: Network): boolean {
  return (
    network.edges.length === network.nodes.length - 1 &&
    network.nodes.every(({ id }) => incomingEdges(network, id).length <= 1 && outgoingEdges(network, id).length <= 1)
  );
}
