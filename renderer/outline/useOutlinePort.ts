// The outline stands in for the canvas: what intents ask of the canvas is answered in rows.

import { type RefObject, useEffect } from 'react';
import { canvasPath, keyOf, openPath, setCanvasPort } from '../state/index.ts';

const nothing = () => undefined;

/** @param tree the element that holds the tree */
export function useOutlinePort(tree: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const rowOf = (id: string) => (openPath().length > canvasPath().length ? `${keyOf(openPath())}\u203a${id}` : id);
    const row = (id: string) => tree.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(rowOf(id))}"]`) ?? null;
    const middle = () => {
      const box = tree.current?.getBoundingClientRect() ?? new DOMRect();
      return { x: box.x + box.width / 3, y: box.y + 40 };
    };
    setCanvasPort({
      fitAll: nothing,
      fitNodes: nothing,
      zoomBy: nothing,
      zoomTo: nothing,
      reveal: (id) => requestAnimationFrame(() => row(id)?.scrollIntoView({ block: 'nearest' })),
      place: () => ({ screen: middle(), canvas: { x: 0, y: 0 } }),
      below: (id) => {
        const box = row(id)?.getBoundingClientRect();
        return box ? { x: box.x + 40, y: box.bottom } : null;
      },
      start: () => ({ x: 0, y: 0 }),
      focus: () => tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus(),
    });
    return () => setCanvasPort(null);
  }, [tree]);
}
