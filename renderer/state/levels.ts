// What the canvas shows, level by level: what it is of, and the blocks that are opened in place in it, each a network with its analysis.

import { useMemo } from 'react';
import type { Analysis } from '../../shared/compile/types.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { BLOCK, blockOf } from '../../shared/network/blocks.ts';
import type { Network } from '../../shared/network/network.ts';
import { analysisAt } from './analysis.ts';
import { keyOf, type OpenBlock, prefixOf, useCanvasPath, useInPlace } from './blockView.ts';
import { useActiveDataset } from './catalog.ts';
import { currentNetwork, useActiveNetwork, useCanvasNetwork, useTrainingSettings } from './document.ts';

export interface OpenLevel {
  /** The blocks on the way to it; of the canvas itself those that have one of their own. */
  readonly path: readonly OpenBlock[];
  readonly key: string;
  readonly network: Network;
  readonly analysis: Analysis;
  /** Before the ids of its layers in the network with its blocks laid open. */
  readonly laid: string;
  /** Blocks of it that are opened in place, by their place. */
  readonly inside: ReadonlyMap<string, OpenLevel>;
}

interface Request {
  readonly root: Network;
  readonly dataset: DatasetDescriptor | null;
  readonly opened: ReadonlySet<string>;
}

function levelOf(network: Network, path: readonly OpenBlock[], request: Request): OpenLevel {
  const inside = new Map<string, OpenLevel>();
  for (const node of network.nodes) {
    const block = node.kind === BLOCK ? blockOf(network, node) : undefined;
    const way = block ? [...path, { block: block.id, place: node.id }] : path;
    // A block that contains itself, as a damaged file may have one, is not opened in itself.
    if (!block || path.some((one) => one.block === block.id) || !request.opened.has(keyOf(way))) continue;
    const view = currentNetwork(`${request.root.id}#${block.id}`);
    if (view) inside.set(node.id, levelOf(view, way, request));
  }
  return { path, key: keyOf(path), network, analysis: analysisAt(network, path, request.dataset), laid: prefixOf(request.root, path), inside };
}

/** The canvas and what is opened in it; null while there is no network. The same object as long as nothing in it changed. */
export function useLevels(): OpenLevel | null {
  const root = useActiveNetwork();
  const network = useCanvasNetwork();
  const path = useCanvasPath();
  const keys = useInPlace();
  const dataset = useActiveDataset();
  const settings = useTrainingSettings();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the settings' loss is part of what is wrong
  return useMemo(
    () => (root && network ? levelOf(network, path, { root, dataset, opened: new Set(keys) }) : null),
    [root, network, path, keys, dataset, settings],
  );
}
