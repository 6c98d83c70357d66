// Nodes and edges as React Flow wants them, from the document; and what its events mean for selection and document.

import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { receptiveFields } from '../../shared/compile/index.ts';
import type { Analysis } from '../../shared/compile/types.ts';
import { snap } from '../../shared/network/layout.ts';
import type { Network } from '../../shared/network/network.ts';
import { layersIn } from '../../shared/network/notes.ts';
import { moveLayers } from '../actions/index.ts';
import { currentNetwork, type Point, select, useSelection, useSession } from '../state/index.ts';
import { type Figures, type LayerNode, type Marks, toFlowEdges, toFlowNodes, type WireEdge } from './adapter.ts';
import { type NoteNode, toNoteNodes } from './noteNodes.ts';

export type CanvasNode = LayerNode | NoteNode;
type Positions = Readonly<Record<string, Point>>;
type Sizes = Readonly<Record<string, { readonly width: number; readonly height: number }>>;

/** Remembers the last list by id, so that the next one can keep what did not change. */
function useBefore<T extends { readonly id: string }>() {
  const before = useRef<ReadonlyMap<string, T>>(new Map());
  return useCallback((make: (known: ReadonlyMap<string, T>) => T[]): T[] => {
    const list = make(before.current);
    before.current = new Map(list.map((item) => [item.id, item]));
    return list;
  }, []);
}

type Pick = { readonly type: string; readonly id?: string; readonly selected?: boolean };
function picked(old: readonly string[], changes: readonly Pick[], isOne: (id: string) => boolean = () => true): readonly string[] {
  const chosen = new Set(old);
  for (const { type, id, selected } of changes) if (type === 'select' && id !== undefined && isOne(id)) selected ? chosen.add(id) : chosen.delete(id);
  return [...chosen];
}

const isNoteId = (network: Network | null) => (id: string) => network?.notes?.some((note) => note.id === id) ?? false;

/** A frame carries the layers in it: where they go when frames go there. */
function carried(network: Network | null, moves: Positions): Positions {
  const along: Record<string, Point> = {};
  for (const note of network?.notes ?? []) {
    const to = moves[note.id];
    if (note.kind !== 'frame' || !to) continue;
    const [dx, dy] = [to.x - note.position.x, to.y - note.position.y];
    for (const id of network ? layersIn(network, note) : []) {
      const from = network?.nodes.find((node) => node.id === id)?.position;
      if (from && !moves[id]) along[id] = { x: from.x + dx, y: from.y + dy };
    }
  }
  return along;
}

/** What changed its place, snapped to the grid. */
function changedPlaces(items: readonly { readonly id: string; readonly position: Point }[], places: Positions): Positions {
  const moved = items.flatMap(({ id, position }) => {
    const place = places[id];
    if (!place) return [];
    const to = { x: snap(place.x), y: snap(place.y) };
    return to.x === position.x && to.y === position.y ? [] : [[id, to] as const];
  });
  return Object.fromEntries(moved);
}

/** What a gesture has changed and the document has not been told yet. */
function useGesture() {
  const [dragged, setDragged] = useState<Positions | null>(null);
  const [sized, setSized] = useState<Sizes | null>(null);
  const note = useCallback((changes: readonly NodeChange<CanvasNode>[]) => {
    const moves = changes.flatMap((change) => (change.type === 'position' && change.position ? [[change.id, change.position] as const] : []));
    if (moves.length > 0) {
      const places = Object.fromEntries(moves);
      setDragged((old) => ({ ...old, ...places, ...carried(currentNetwork(), places) }));
    }
    for (const change of changes) {
      if (change.type !== 'dimensions' || change.resizing === undefined) continue;
      const { id, dimensions } = change;
      if (change.resizing && dimensions) setSized((old) => ({ ...old, [id]: dimensions }));
      if (change.resizing) continue;
      setSized(null);
      setDragged(null);
    }
  }, []);
  return { dragged, sized, note, end: useCallback(() => setDragged(null), []) };
}

function inGesture(node: CanvasNode, dragged: Positions | null, sized: Sizes | null): CanvasNode {
  const [place, size] = [dragged?.[node.id], sized?.[node.id]];
  if (!place && !size) return node;
  return { ...node, ...(place && { position: place, dragging: size === undefined }), ...(size && { ...size, measured: size }) } as CanvasNode;
}

const seesNothing: Figures['sees'] = new Map();
/** Receptive fields are walked for only where they are shown. */
function useFigures(network: Network, analysis: Analysis): Figures {
  const figure = useSession((state) => state.figure);
  return useMemo(() => ({ figure, sees: figure === 'field' ? receptiveFields(network, analysis) : seesNothing }), [figure, network, analysis]);
}

/** While layers are dragged their places are kept here; the document changes once, when they are let go. */
export function useFlow(network: Network, analysis: Analysis, marks: Marks) {
  const selection = useSelection();
  const figures = useFigures(network, analysis);
  const { dragged, sized, note, end } = useGesture();
  const keepNodes = useBefore<LayerNode>();
  const keepNotes = useBefore<NoteNode>();
  const keepEdges = useBefore<WireEdge>();
  const still = useMemo(
    () => keepNodes((before) => toFlowNodes(network, analysis, selection, { marks, figures }, before)),
    [keepNodes, network, analysis, selection, marks, figures],
  );
  const notes = useMemo(() => keepNotes((before) => toNoteNodes(network, selection.notes, before)), [keepNotes, network, selection.notes]);
  const edges = useMemo(
    () => keepEdges((before) => toFlowEdges(network, analysis, selection, still, before)),
    [keepEdges, network, analysis, selection, still],
  );
  const nodes = useMemo(() => {
    const all: readonly CanvasNode[] = [...notes, ...still];
    return dragged || sized ? all.map((node) => inGesture(node, dragged, sized)) : [...all];
  }, [still, notes, dragged, sized]);

  const onNodesChange = useCallback(
    (changes: readonly NodeChange<CanvasNode>[]) => {
      if (changes.some((change) => change.type === 'select')) {
        const { selection: now } = useSession.getState();
        const isNote = isNoteId(currentNetwork());
        select(
          picked(now.nodes, changes, (id) => !isNote(id)),
          now.edges,
          picked(now.notes, changes, isNote),
        );
      }
      note(changes);
    },
    [note],
  );

  const onEdgesChange = useCallback((changes: readonly EdgeChange<WireEdge>[]) => {
    const { selection: now } = useSession.getState();
    if (changes.some((change) => change.type === 'select')) select(now.nodes, picked(now.edges, changes), now.notes);
  }, []);

  /** One gesture, one undo step; a click that moved nothing is none. */
  const finishDrag = useCallback(
    (moved: readonly CanvasNode[]) => {
      end();
      const places = Object.fromEntries(moved.map((node) => [node.id, node.position]));
      const nodes = changedPlaces(network.nodes, { ...places, ...carried(network, places) });
      const words = changedPlaces(network.notes ?? [], places);
      if (Object.keys(nodes).length + Object.keys(words).length > 0) moveLayers(nodes, words);
    },
    [network, end],
  );

  return { nodes, edges, onNodesChange, onEdgesChange, finishDrag };
}
