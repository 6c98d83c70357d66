// What of a network decides how it computes: not where its layers stand, and not what they are called. For keys of what was measured.

import type { Network, NetworkNode } from './network.ts';

const computed = ({ position: _, name: __, ...rest }: NetworkNode) => rest;
const wired = ({ edges }: Pick<Network, 'edges'>) => edges.map(({ source, target, input, output }) => ({ source, target, input, output }));

/** Plain JSON; equal where two networks compute the same way. */
export function meaningOf(network: Network): object {
  return {
    nodes: network.nodes.map(computed),
    edges: wired(network),
    blocks: (network.blocks ?? []).map((block) => ({ id: block.id, nodes: block.nodes.map(computed), edges: wired(block) })),
  };
}
