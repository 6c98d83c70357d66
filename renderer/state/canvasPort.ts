// What intents may ask of the canvas while one is on screen: look somewhere, say where the pointer is.

import type { Point } from './session.ts';

export interface CanvasPort {
  fitAll(): void;
  fitNodes(ids: readonly string[]): void;
  /** Brings a node into view if it is not. */
  reveal(id: string): void;
  zoomBy(factor: number): void;
  zoomTo(zoom: number): void;
  /** The pointer where it is over the canvas, else the middle; client pixels and canvas units. */
  place(): { readonly screen: Point; readonly canvas: Point };
  /** The lower edge of a layer in client pixels; null where it is not known. */
  below(id: string): Point | null;
  /** Where the first layer of an empty network goes: the upper middle of what is seen. */
  start(): Point;
  focus(): void;
}

let current: CanvasPort | null = null;

/** The canvas announces itself when it comes on screen, and takes leave with null. */
export function setCanvasPort(port: CanvasPort | null): void {
  current = port;
}
/** Null while no canvas is on screen. */
export const canvasPort = (): CanvasPort | null => current;
