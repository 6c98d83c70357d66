// Nodes and edges as React Flow wants them, from the document; and what its events mean for selection and document.

import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { receptiveFields } from '../../shared/compile/index.ts';
import { moveLayers } from '../actions/index.ts';
import { keyOf, openPath, type Selection, select, useOpenPath, useSelection, useSession, workIn } from '../state/index.ts';
import { type Figures, type LayerNode, type Marks, toFlowEdges, toFlowNodes, type WireEdge } from './adapter.ts';
import { setScene } from './gesture.ts';
import { keepUnder, type View } from './keepUnder.ts';
import { leadsOf } from './leads.ts';
import { carried, movedTo, type Positions } from './moving.ts';
import { type NoteNode, toNoteNodes } from './noteNodes.ts';
import type { Level, Scene } from './scene.ts';
import { resolved } from './selecting.ts';

export type CanvasNode = LayerNode | NoteNode;
type Sizes = Readonly<Record<string, { readonly width: number; readonly height: number }>>;

/** Remembers the last list by id, so that the next one can keep what did not change; where nothing did, it is the same list. */
function useBefore<T extends { readonly id: string }>() {
  const before = useRef<{ readonly list: T[]; readonly byId: ReadonlyMap<string, T> }>({ list: [], byId: new Map() });
  return useCallback((make: (known: ReadonlyMap<string, T>) => T[]): T[] => {
    const { list: old, byId } = before.current;
    const list = make(byId);
    if (list.length === old.length && list.every((item, index) => item === old[index])) return old;
    before.current = { list, byId: new Map(list.map((item) => [item.id, item])) };
    return list;
  }, []);
}

type Pick = { readonly type: string; readonly id?: string; readonly selected?: boolean };
function picked(old: readonly string[], changes: readonly Pick[]): readonly string[] {
  const chosen = new Set(old);
  for (const { type, id, selected } of changes) if (type === 'select' && id !== undefined) selected ? chosen.add(id) : chosen.delete(id);
  return [...chosen];
}

/** What a gesture has changed and the document has not been told yet. */
function useGesture(all: { readonly current: readonly CanvasNode[] }) {
  const [dragged, setDragged] = useState<Positions | null>(null);
  const [sized, setSized] = useState<Sizes | null>(null);
  const note = useCallback(
    (changes: readonly NodeChange<CanvasNode>[]) => {
      const moves = changes.flatMap((change) => (change.type === 'position' && change.position ? [[change.id, change.position] as const] : []));
      if (moves.length > 0) {
        const places = Object.fromEntries(moves);
        setDragged((old) => ({ ...old, ...places, ...carried(all.current, places) }));
      }
      for (const change of changes) {
        if (change.type !== 'dimensions' || change.resizing === undefined) continue;
        const { id, dimensions } = change;
        if (change.resizing && dimensions) setSized((old) => ({ ...old, [id]: dimensions }));
        if (change.resizing) continue;
        setSized(null);
        setDragged(null);
      }
    },
    [all],
  );
  return { dragged, sized, note, end: useCallback(() => setDragged(null), []) };
}

function inGesture(node: CanvasNode, dragged: Positions | null, sized: Sizes | null): CanvasNode {
  const [place, size] = [dragged?.[node.id], sized?.[node.id]];
  if (!place && !size) return node;
  return { ...node, ...(place && { position: place, dragging: size === undefined }), ...(size && { ...size, measured: size }) } as CanvasNode;
}

const seesNothing: Figures['sees'] = new Map();
const noMarks: Marks = new Map();
const nothing: Selection = { nodes: [], edges: [], notes: [] };

/** Receptive fields are walked for only where they are shown. */
function useFigures(scene: Scene): (level: Level) => Figures {
  const figure = useSession((state) => state.figure);
  return useMemo(() => {
    const known = new Map(
      scene.levels.map((level) => {
        const { network, analysis } = level.open;
        return [level, { figure, sees: figure === 'field' ? receptiveFields(network, analysis) : seesNothing }] as const;
      }),
    );
    return (level) => known.get(level) ?? { figure, sees: seesNothing };
  }, [figure, scene]);
}

/** Chooses what React Flow says is chosen: in one level at a time. */
function choose(scene: Scene, flowIds: readonly string[], edgeIds: readonly string[]): void {
  const { path, ...chosen } = resolved(scene, flowIds, edgeIds);
  workIn(path);
  select(chosen.nodes, chosen.edges, chosen.notes);
}

/** What is chosen now, as React Flow calls it. */
function chosenNow(scene: Scene): { readonly nodes: readonly string[]; readonly edges: readonly string[] } {
  const { selection } = useSession.getState();
  const level = scene.of(keyOf(openPath()));
  return { nodes: [...selection.nodes, ...selection.notes].map(level.idOf), edges: selection.edges.map(level.idOf) };
}

/** While layers are dragged their places are kept here; the document changes once, when they are let go. */
export function useFlow(scene: Scene, marks: Marks, view: View) {
  setScene(scene);
  const selection = useSelection();
  const path = useOpenPath();
  const figures = useFigures(scene);
  const all = useRef<readonly CanvasNode[]>([]);
  const { dragged, sized, note, end } = useGesture(all);
  const keepNodes = useBefore<LayerNode>();
  const keepNotes = useBefore<NoteNode>();
  const keepEdges = useBefore<WireEdge>();
  const chosenIn = useCallback((level: Level) => (level === scene.of(keyOf(path)) ? selection : nothing), [scene, path, selection]);
  const layers = useMemo(
    () =>
      keepNodes((before) =>
        scene.levels.flatMap((level) =>
          toFlowNodes(
            level,
            chosenIn(level),
            { marks: level.frame === null ? marks : noMarks, figures: figures(level), leads: (node) => leadsOf(scene, level, node) },
            before,
          ),
        ),
      ),
    [keepNodes, scene, chosenIn, marks, figures],
  );
  const notes = useMemo(
    () => keepNotes((before) => scene.levels.flatMap((level) => toNoteNodes(level, chosenIn(level).notes, before))),
    [keepNotes, scene, chosenIn],
  );
  const edges = useMemo(() => {
    const byLevel = Map.groupBy(layers, ({ data }) => data.level);
    return keepEdges((before) => scene.levels.flatMap((level) => toFlowEdges(level, chosenIn(level), byLevel.get(level.open.key) ?? [], before)));
  }, [keepEdges, scene, chosenIn, layers]);
  const still = useMemo((): readonly CanvasNode[] => [...notes, ...layers], [notes, layers]);
  all.current = still;
  const nodes = useMemo(() => (dragged || sized ? still.map((node) => inGesture(node, dragged, sized)) : [...still]), [still, dragged, sized]);

  const onNodesChange = useCallback(
    (changes: readonly NodeChange<CanvasNode>[]) => {
      if (changes.some((change) => change.type === 'select')) {
        const now = chosenNow(scene);
        choose(scene, picked(now.nodes, changes), now.edges);
      }
      note(changes);
    },
    [note, scene],
  );

  const onEdgesChange = useCallback(
    (changes: readonly EdgeChange<WireEdge>[]) => {
      const now = chosenNow(scene);
      if (changes.some((change) => change.type === 'select')) choose(scene, now.nodes, picked(now.edges, changes));
    },
    [scene],
  );

  /** One gesture, one undo step; a click that moved nothing is none. */
  const finishDrag = useCallback(
    (moved: readonly CanvasNode[]) => {
      end();
      const [first] = moved;
      if (!first) return;
      const places = Object.fromEntries(moved.map((node) => [node.id, node.position]));
      const { level } = scene.find(first.id);
      const { layers: to, notes: words } = movedTo(scene, all.current, { ...places, ...carried(all.current, places) }, level.open.key);
      if (Object.keys(to).length + Object.keys(words).length === 0) return;
      workIn(level.open.path);
      moveLayers(to, words);
      const { position, width = 0, height = 0 } = first;
      if (first.type === 'layer') keepUnder(view, first.data.node, { x: position.x + width / 2, y: position.y + height / 2 });
    },
    [scene, end, view],
  );

  return { nodes, edges, onNodesChange, onEdgesChange, finishDrag };
}
