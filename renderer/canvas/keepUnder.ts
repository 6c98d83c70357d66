// A layer that was let go stays where the pointer is, also where the document has no such place. Moves the view, never the layer.

import type { ReactFlowInstance } from '@xyflow/react';
import { gridSize } from '../../shared/network/layout.ts';
import type { Point } from '../state/index.ts';
import { levelNow } from './gesture.ts';
import { boxIn } from './scene.ts';
import { calm } from './useCanvasPort.ts';

export type View = Pick<ReactFlowInstance, 'getViewport' | 'setViewport'>;

/**
 * Beside an opened block nothing of the document is drawn, so what is dropped there stands above or below: then the view goes with it.
 * @param id of the layer, in the level that is worked in
 * @param place of its middle, in the drawing as it was
 */
export function keepUnder(view: View, id: string, place: Point): void {
  requestAnimationFrame(() => {
    const box = boxIn(levelNow(), id);
    if (!box) return;
    const [dx, dy] = [place.x - box.x - box.width / 2, place.y - box.y - box.height / 2];
    const { x, y, zoom } = view.getViewport();
    // What the grid moves it by is no jump.
    if (Math.max(Math.abs(dx), Math.abs(dy)) > gridSize / 2) void view.setViewport({ x: x + dx * zoom, y: y + dy * zoom, zoom }, { duration: calm() });
  });
}
