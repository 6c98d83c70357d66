// What the view and a gesture in progress tell single wires and nodes, so that nothing else is drawn again.

import { createContext, useContext } from 'react';
import type { Network } from '../../shared/network/network.ts';
import { canConnect } from '../../shared/network/rules.ts';
import { keyOf, openPath } from '../state/index.ts';
import type { Level, Scene } from './scene.ts';

/** The connection that a dragged layer would be dropped into. */
export const InsertTarget = createContext<string | null>(null);
/** Whether a dragged layer hangs over this connection. */
export const useInsertTarget = (edge: string): boolean => useContext(InsertTarget) === edge;

/** The nodes that the connection being drawn may end at; null while none is drawn. */
export const Fits = createContext<ReadonlySet<string> | null>(null);
export const useFits = (node: string): boolean => useContext(Fits)?.has(node) ?? false;

/** What the canvas shows, as it was drawn last. */
let scene: Scene | null = null;
export const setScene = (now: Scene): void => {
  scene = now;
};
/** For gestures, which begin on what is drawn. */
export function sceneNow(): Scene {
  if (!scene) throw new Error('There is no canvas yet.');
  return scene;
}
/** The level that is worked in. */
export const levelNow = (): Level => sceneNow().of(keyOf(openPath()));

/** The connection whose lower end is being moved, as React Flow calls it. */
let moving: string | null = null;
export const setMoving = (edge: string | null): void => {
  moving = edge;
};
export const movingEdge = (): string | null => moving;
/** A network as the gesture finds it: a connection that is being moved no longer takes its place. */
function networkInGesture({ open }: Level): Network {
  if (moving === null) return open.network;
  const { id } = sceneNow().find(moving);
  return { ...open.network, edges: open.network.edges.filter((edge) => edge.id !== id) };
}

/** Null where a connection may be made, else why not. @param source and target as React Flow calls them */
export function refusalBetween(source: string, target: string, input?: number): string | null {
  const [from, to] = [sceneNow().find(source), sceneNow().find(target)];
  if (from.level !== to.level) return 'A connection stays in its block: connect the block itself';
  return canConnect(networkInGesture(from.level), from.id, to.id, input);
}

/** How much of a layer can be read at a zoom. */
export type Detail = 'full' | 'compact' | 'name' | 'speck';
export const detailAt = (zoom: number): Detail => (zoom >= 0.8 ? 'full' : zoom >= 0.35 ? 'compact' : zoom >= 0.2 ? 'name' : 'speck');
export const DetailShown = createContext<Detail>('full');
export const useDetail = (): Detail => useContext(DetailShown);
