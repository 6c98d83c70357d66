// Keeps the network in view when the room for it changes: the dock opens, a panel is resized, the window is.
// Whole networks are fitted again; of larger ones, what was in the middle stays in the middle.

import { type ReactFlowInstance, useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { fitOptions } from './openingView.ts';
import { calm } from './useCanvasPort.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The room is taken to be at rest when it has not changed for this long, in milliseconds. */
const restAfter = 250;

/** Whether all that is drawn lies inside a pane of this size. */
function isAllInView(flow: ReactFlowInstance, { width, height }: Size): boolean {
  const { x, y, zoom } = flow.getViewport();
  const nodes = flow.getNodes().filter(({ type }) => type === 'layer');
  return (
    nodes.every(({ position, width: wide = 0, height: high = 0 }) => {
      const [left, top] = [position.x * zoom + x, position.y * zoom + y];
      return left >= -1 && top >= -1 && left + wide * zoom <= width + 1 && top + high * zoom <= height + 1;
    }) && nodes.length > 0
  );
}

/** Whether the topmost layer is seen. */
function isStartInView(flow: ReactFlowInstance): boolean {
  const { y, zoom } = flow.getViewport();
  return Math.min(...flow.getNodes().map(({ position }) => position.y)) * zoom + y >= 0;
}

/** Answers changes of a pane's size; `begin` is the size it has now. */
function keeper(flow: ReactFlowInstance, begin: Size) {
  let rest = begin;
  let last = begin;
  let wasAllInView: boolean | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const settle = () => {
    rest = last;
    wasAllInView = null;
  };
  const onSize = (next: Size) => {
    if (next.width === 0 || next.height === 0 || (next.width === last.width && next.height === last.height)) return;
    wasAllInView ??= isAllInView(flow, rest);
    const { x, y, zoom } = flow.getViewport();
    if (wasAllInView) requestAnimationFrame(() => void flow.fitView({ ...fitOptions, duration: calm() }));
    else {
      // Whoever reads a network from its start goes on seeing the start.
      const down = isStartInView(flow) ? 0 : (next.height - last.height) / 2;
      void flow.setViewport({ x: x + (next.width - last.width) / 2, y: y + down, zoom });
    }
    last = next;
    clearTimeout(timer);
    timer = setTimeout(settle, restAfter);
  };
  return { onSize, stop: () => clearTimeout(timer) };
}

/** @param pane the element of the canvas */
export function useKeepInView(pane: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow();
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const { onSize, stop } = keeper(flow, { width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(() => onSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      stop();
    };
  }, [flow, pane]);
}
