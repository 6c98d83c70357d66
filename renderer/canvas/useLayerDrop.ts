// A layer on its way from the palette: follows the pointer, finds the connection below it, puts the layer where it is let go.

import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useState } from 'react';
import { layerOf } from '../../shared/layers/index.ts';
import { readyBlockOf } from '../../shared/network/blocks/index.ts';
import { canInsert } from '../../shared/network/compose.ts';
import { savedOf } from '../../shared/network/savedBlocks.ts';
import { addLayerAt, insertLayerOn } from '../actions/index.ts';
import { libraryBlocks, type Point, setDrag, useSession, workIn } from '../state/index.ts';
import { sceneNow } from './gesture.ts';
import { keepUnder } from './keepUnder.ts';
import { cardAt } from './scene.ts';

const inside = (box: DOMRect, x: number, y: number) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

/** The connection at or near a place of the window; a dropped card is wide, so a little beside it counts. */
function wireAt(x: number, y: number): string | null {
  for (const dx of [0, -10, 10]) {
    const wire = document.elementsFromPoint(x + dx, y).find((element) => element.closest('.react-flow__edge'));
    if (wire) return wire.closest('.react-flow__edge')?.getAttribute('data-id') ?? null;
  }
  return null;
}

/** Into a connection, in whichever level it is drawn. */
function putOn(kind: string, edge: string): void {
  const { level, id } = sceneNow().find(edge);
  workIn(level.open.path);
  insertLayerOn(kind, id);
}
/** At a place of the drawing: over an opened block, into it. */
function putAt(kind: string, place: Point): void {
  const level = sceneNow().at(place);
  workIn(level.open.path);
  addLayerAt(kind, cardAt(level, place));
}

/** @returns the connection that the layer would be put into */
export function useLayerDrop(pane: RefObject<HTMLElement | null>): string | null {
  const kind = useSession((state) => state.drag?.kind ?? null);
  const flow = useReactFlow();
  const [target, setTarget] = useState<string | null>(null);

  useEffect(() => {
    if (kind === null) return;
    const layer = layerOf(kind);
    const insertable = layer ? canInsert(layer) : readyBlockOf(kind) !== undefined || savedOf(kind, libraryBlocks()) !== undefined;
    const over = (event: PointerEvent) =>
      pane.current !== null &&
      inside(pane.current.getBoundingClientRect(), event.clientX, event.clientY) &&
      !(document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-panel]') ?? null);
    const wire = (event: PointerEvent) => (insertable && over(event) ? wireAt(event.clientX, event.clientY) : null);
    const onMove = (event: PointerEvent) => {
      setDrag({ kind, x: event.clientX, y: event.clientY });
      setTarget(wire(event));
    };
    const onUp = (event: PointerEvent) => {
      setDrag(null);
      const edge = wire(event);
      if (edge !== null) putOn(kind, edge);
      else if (over(event)) {
        const place = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        putAt(kind, place);
        const [added] = useSession.getState().selection.nodes;
        if (added !== undefined) keepUnder(flow, added, place);
      }
    };
    const onCancel = () => setDrag(null);
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onCancel);
    return () => {
      setTarget(null);
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', onCancel);
    };
  }, [kind, flow, pane]);

  return target;
}
