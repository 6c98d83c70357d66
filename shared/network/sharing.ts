// Layers that are used at several places with the same weights: one node owns them, others refer to it by `shares`.
// Parameters are one layer's, so that an edit at one place is an edit at all.

import type { NetworkNode } from './network.ts';

type ById = ReadonlyMap<string, NetworkNode>;

export const nodesById = (nodes: readonly NetworkNode[]): ById => new Map(nodes.map((node) => [node.id, node]));

/** Whose weights a node uses; itself where it shares none. Null where it refers to a node that is not there, or in a circle. */
export function ownerOf(node: NetworkNode, nodes: ById): NetworkNode | null {
  const seen = new Set<string>();
  let current = node;
  while (current.shares !== undefined) {
    if (seen.has(current.id)) return null;
    seen.add(current.id);
    const next = nodes.get(current.shares);
    if (!next) return null;
    current = next;
  }
  return current;
}

/** All places of the layer that `node` is one of, itself included. */
export function placesOf(node: NetworkNode, nodes: readonly NetworkNode[]): NetworkNode[] {
  const byId = nodesById(nodes),
    owner = ownerOf(node, byId);
  return owner ? nodes.filter((one) => ownerOf(one, byId) === owner) : [node];
}

/**
 * The nodes that are left after some are gone: where a layer's owner goes, the first of its other places takes its part, with the
 * parameters that were in force.
 */
export function withoutNodes(nodes: readonly NetworkNode[], gone: ReadonlySet<string>): NetworkNode[] {
  const byId = nodesById(nodes);
  const heirs = new Map<string, string>();
  return nodes
    .filter(({ id }) => !gone.has(id))
    .map((node) => {
      const owner = node.shares === undefined ? null : ownerOf(node, byId);
      if (!owner || !gone.has(owner.id)) return owner && node.shares !== owner.id && gone.has(node.shares ?? '') ? { ...node, shares: owner.id } : node;
      const heir = heirs.get(owner.id);
      if (heir !== undefined) return { ...node, shares: heir };
      heirs.set(owner.id, node.id);
      const { shares: _, ...own } = node;
      return { ...own, parameters: owner.parameters, ...(owner.trainable === undefined ? {} : { trainable: owner.trainable }) };
    });
}
