// The layout library in a worker of its own, so that the window never waits, however large a network is. Started when it is first needed.

import ELK, { type ELK as Library } from 'elkjs/lib/elk-api.js';
import workerAddress from 'elkjs/lib/elk-worker.min.js?url';
import type { Direction } from '../../../shared/network/layout.ts';
import type { Network } from '../../../shared/network/network.ts';
import { elkGraph, type Places, placesFrom } from './elkGraph.ts';

let library: Library | null = null;

/** Places for a network's layers, or for some of them among themselves. @param only fewer than two: all */
export async function layOut(network: Network, direction: Direction, only: readonly string[]): Promise<Places> {
  library ??= new ELK({ workerFactory: () => new Worker(workerAddress) });
  const part = only.length > 1 ? new Set(only) : null;
  return placesFrom(await library.layout(elkGraph(network, direction, part)), network, part);
}
