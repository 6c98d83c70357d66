// A large network as a project file: columns of Dense layers, one long chain.

import { dense } from '../../shared/layers/core/dense.ts';
import { input } from '../../shared/layers/core/input.ts';
import type { Network } from '../../shared/network/network.ts';
import { newProject } from '../../shared/project/create.ts';
import { serializeProject } from '../../shared/project/read.ts';

const columnHeight = 25;

/** The text of a project with one chain of that many layers, laid out in columns; its Input is called by their number. */
export function chainProject(count: number): string {
  const place = (index: number) => ({ x: Math.floor(index / columnHeight) * 340, y: (index % columnHeight) * 80 });
  const nodes = Array.from({ length: count }, (_, index) =>
    index === 0
      ? { id: 'n0', kind: input.id, name: `input_${count}`, parameters: {}, position: place(0) }
      : { id: `n${index}`, kind: dense.id, name: `dense_${index}`, parameters: { units: 16 }, position: place(index) },
  );
  const edges = nodes.slice(1).map(({ id }, index) => ({ id: `e${index}`, source: `n${index}`, target: id, input: 0 }));
  const network: Network = { id: 'chain', name: 'Chain', nodes, edges };
  return serializeProject(newProject({ name: 'Large', networks: [network], dataset: 'blobs' }));
}
