// What the view and a gesture in progress tell single wires and nodes, so that nothing else is drawn again.

import { createContext, useContext } from 'react';
import type { Network } from '../../shared/network/network.ts';
import { currentNetwork } from '../state/index.ts';

/** The connection that a dragged layer would be dropped into. */
export const InsertTarget = createContext<string | null>(null);
/** Whether a dragged layer hangs over this connection. */
export const useInsertTarget = (edge: string): boolean => useContext(InsertTarget) === edge;

/** The nodes that the connection being drawn may end at; null while none is drawn. */
export const Fits = createContext<ReadonlySet<string> | null>(null);
export const useFits = (node: string): boolean => useContext(Fits)?.has(node) ?? false;

/** The connection whose lower end is being moved. */
let moving: string | null = null;
export const setMoving = (edge: string | null): void => {
  moving = edge;
};
export const movingEdge = (): string | null => moving;
/** The open network as the gesture finds it: a connection that is being moved no longer takes its place. */
export function networkInGesture(): Network | null {
  const network = currentNetwork();
  return network && moving !== null ? { ...network, edges: network.edges.filter((edge) => edge.id !== moving) } : network;
}

/** How much of a layer can be read at a zoom. */
export type Detail = 'full' | 'compact' | 'name' | 'speck';
export const detailAt = (zoom: number): Detail => (zoom >= 0.8 ? 'full' : zoom >= 0.35 ? 'compact' : zoom >= 0.2 ? 'name' : 'speck');
export const DetailShown = createContext<Detail>('full');
export const useDetail = (): Detail => useContext(DetailShown);
