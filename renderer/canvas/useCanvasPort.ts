// Announces the canvas to the rest of the app: fit, reveal, zoom, and where the pointer is.

import { type ReactFlowInstance, useReactFlow, useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { type Point, setCanvasPort, useSession, workIn } from '../state/index.ts';
import { levelNow, sceneNow } from './gesture.ts';
import { fitOptions } from './openingView.ts';
import { boxIn, cardAt } from './scene.ts';

/** Milliseconds of a calm movement; none where the system asks for less motion. */
export function calm(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 220;
}

/** How far a span must move to lie inside another; from its start if it is too large. */
export const shiftInto = (low: number, high: number, from: number, to: number): number =>
  low < from ? from - low : high > to ? Math.max(to - high, from - low) : 0;

/** Moves the view only where the node lies outside of it, and only as far as it must, with some air. */
function reveal(flow: ReactFlowInstance, pane: HTMLElement, id: string): void {
  const at = boxIn(levelNow(), id);
  if (!at) return;
  const { x, y, zoom } = flow.getViewport();
  const [left, top] = [at.x * zoom + x, at.y * zoom + y];
  const span = (start: number, size: number, room: number) => {
    const isInside = shiftInto(start, start + size * zoom, 8, room - 8) === 0;
    return isInside ? 0 : shiftInto(start, start + size * zoom, 48, room - 64);
  };
  const [dx, dy] = [span(left, at.width, pane.clientWidth), span(top, at.height, pane.clientHeight)];
  if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: calm() });
}

function isNothingChosen(): boolean {
  const { nodes, edges, notes } = useSession.getState().selection;
  return nodes.length + edges.length + notes.length === 0;
}

/** @param pane the element of the canvas */
export function useCanvasPort(pane: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    let pointer: Point | null = null;
    const element = pane.current;
    const onMove = (event: PointerEvent) => {
      pointer = { x: event.clientX, y: event.clientY };
    };
    const onLeave = () => {
      pointer = null;
    };
    element?.addEventListener('pointermove', onMove);
    element?.addEventListener('pointerleave', onLeave);
    setCanvasPort({
      fitAll: () => requestAnimationFrame(() => void flow.fitView({ ...fitOptions, duration: calm() })),
      fitNodes: (ids) => void flow.fitView({ ...fitOptions, duration: calm(), nodes: ids.map((id) => ({ id: levelNow().idOf(id) })) }),
      // After the next frame, so that a node that was just added is known.
      reveal: (id) => requestAnimationFrame(() => pane.current && reveal(flow, pane.current, id)),
      zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: calm() }),
      zoomTo: (zoom) => void flow.zoomTo(zoom, { duration: calm() }),
      place: () => {
        const box = element?.getBoundingClientRect() ?? new DOMRect();
        const screen = pointer ?? { x: box.x + box.width / 2, y: box.y + box.height / 3 };
        const place = flow.screenToFlowPosition(screen);
        // With nothing chosen, one works where the pointer is: in an opened block, or around it.
        if (isNothingChosen()) workIn(sceneNow().at(place).open.path);
        return { screen, canvas: cardAt(levelNow(), place) };
      },
      below: (id) => {
        const at = boxIn(levelNow(), id);
        return at ? flow.flowToScreenPosition({ x: at.x + at.width / 2, y: at.y + at.height + 8 }) : null;
      },
      start: () => {
        const box = element?.getBoundingClientRect() ?? new DOMRect();
        return flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 6 });
      },
      focus: () => store.getState().domNode?.focus({ preventScroll: true }),
    });
    return () => {
      setCanvasPort(null);
      element?.removeEventListener('pointermove', onMove);
      element?.removeEventListener('pointerleave', onLeave);
    };
  }, [flow, store, pane]);
}
