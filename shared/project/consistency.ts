// What a schema cannot say of a project: ids and names are unique, edges end at nodes. Finds problems, mends nothing.

import { containsItself } from '../network/blocks.ts';
import type { Network } from '../network/network.ts';
import type { Project } from './project.ts';

function duplicates<T>(items: readonly T[], key: (item: T) => string): { readonly index: number; readonly value: string }[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const value = key(item);
    if (seen.has(value)) return [{ index, value }];
    seen.add(value);
    return [];
  });
}

/** Every inconsistency of one network, or of a list of blocks, as a sentence that starts with its path. */
export function networkProblems(network: Pick<Network, 'nodes' | 'edges' | 'blocks'>, path: string): string[] {
  const ids = new Set(network.nodes.map((node) => node.id));
  const ends = network.edges.flatMap((edge, index) =>
    (['source', 'target'] as const)
      .filter((end) => !ids.has(edge[end]))
      .map((end) => `${path}.edges[${index}].${end}: there is no node with the id “${edge[end]}”.`),
  );
  const blocks = network.blocks ?? [];
  return [
    ...duplicates(blocks, (block) => block.id).map(({ index, value }) => `${path}.blocks[${index}].id: two blocks have the id “${value}”.`),
    ...blocks.flatMap((block, index) => networkProblems(block, `${path}.blocks[${index}]`)),
    ...blocks.flatMap(({ id, name }, index) => (containsItself(blocks, id) ? [`${path}.blocks[${index}]: the block “${name}” contains itself.`] : [])),
    ...duplicates(network.nodes, (node) => node.id).map(({ index, value }) => `${path}.nodes[${index}].id: two nodes have the id “${value}”.`),
    ...duplicates(network.nodes, (node) => node.name).map(
      ({ index, value }) => `${path}.nodes[${index}].name: two nodes are called “${value}”; names must differ.`,
    ),
    ...duplicates(network.edges, (edge) => edge.id).map(({ index, value }) => `${path}.edges[${index}].id: two connections have the id “${value}”.`),
    ...ends,
  ];
}

/** Every inconsistency as a sentence that starts with its JSON path. */
export function projectProblems(project: Pick<Project, 'networks'>): string[] {
  return [
    ...duplicates(project.networks, (network) => network.id).map(({ index, value }) => `networks[${index}].id: two networks have the id “${value}”.`),
    ...project.networks.flatMap((network, index) => networkProblems(network, `networks[${index}]`)),
  ];
}
