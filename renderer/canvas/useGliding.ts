// Layers that move by themselves (a block is opened in place, a drawing is tidied up, a step is taken back) glide to their new places, and the
// connections come after them. The page does it: this only says when. Nothing glides under reduced motion; that is in the style sheet.

import { type RefObject, useLayoutEffect, useRef } from 'react';
import { gridSize } from '../../shared/network/layout.ts';
import type { CanvasNode } from './useFlow.ts';

/** A little longer than the glide itself, in milliseconds. */
const lasts = 260;
/** Beyond this many, gliding would cost more frames than it explains. */
const most = 120;
/** A step of the arrow keys is there at once. */
const far = 2 * gridSize;

type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

/** Whether a layer has come to another place without a hand on it. */
const hasMoved = (before: Places, nodes: readonly CanvasNode[]): boolean =>
  nodes.some(({ id, position }) => {
    const old = before.get(id);
    return old !== undefined && Math.abs(position.x - old.x) + Math.abs(position.y - old.y) > far;
  });

/** @param pane the element of the canvas */
export function useGliding(nodes: readonly CanvasNode[], pane: RefObject<HTMLElement | null>): void {
  const before = useRef<Places>(new Map());
  const end = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLayoutEffect(() => {
    const isSlow = nodes.length > most;
    const isDragged = nodes.some(({ dragging }) => dragging);
    if (!isSlow && !isDragged && hasMoved(before.current, nodes)) {
      pane.current?.setAttribute('data-gliding', '');
      clearTimeout(end.current);
      end.current = setTimeout(() => pane.current?.removeAttribute('data-gliding'), lasts);
    }
    before.current = isSlow ? new Map() : new Map(nodes.map(({ id, position }) => [id, position]));
  }, [nodes, pane]);
  useLayoutEffect(() => () => clearTimeout(end.current), []);
}
