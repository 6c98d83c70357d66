// A network without its bypassed layers: what came into them goes to those that followed. For everything that only asks what is computed.

import type { Network, NetworkEdge } from './network.ts';

/** Where a connection from `source` really comes from, looking through bypassed layers; null where nothing does. */
function originOf(network: Network, bypassed: ReadonlySet<string>, source: string): string | null {
  let current: string | undefined = source;
  for (let steps = 0; current !== undefined && bypassed.has(current) && steps <= network.nodes.length; steps++) {
    const id: string = current;
    current = network.edges.filter((edge) => edge.target === id).sort((a, b) => a.input - b.input)[0]?.source;
  }
  return current !== undefined && !bypassed.has(current) ? current : null;
}

/** The same network where nothing is bypassed; a layer that ends in a bypassed one becomes the output in its place. */
export function withoutBypassed(network: Network): Network {
  const bypassed = new Set(network.nodes.filter((node) => node.bypassed).map(({ id }) => id));
  if (bypassed.size === 0) return network;
  const edges = network.edges
    .filter(({ target }) => !bypassed.has(target))
    .flatMap((edge): NetworkEdge[] => {
      const source = originOf(network, bypassed, edge.source);
      if (source === edge.source) return [edge];
      const { output: _, ...plain } = edge;
      return source === null ? [] : [{ ...plain, source }];
    });
  return { ...network, nodes: network.nodes.filter(({ id }) => !bypassed.has(id)), edges };
}
