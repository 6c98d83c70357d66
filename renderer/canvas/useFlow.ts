// Nodes and edges as React Flow wants them, from the document; and what its events mean for selection and document.

import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Analysis } from '../../shared/compile/types.ts';
import { snap } from '../../shared/network/layout.ts';
import type { Network } from '../../shared/network/network.ts';
import { moveLayers } from '../actions/index.ts';
import { type Point, select, useSelection, useSession } from '../state/index.ts';
import { type LayerNode, toFlowEdges, toFlowNodes, type WireEdge } from './adapter.ts';

type Positions = Readonly<Record<string, Point>>;

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
function picked(old: readonly string[], changes: readonly Pick[]): readonly string[] {
  const chosen = new Set(old);
  for (const { type, id, selected } of changes) if (type === 'select' && id !== undefined) selected ? chosen.add(id) : chosen.delete(id);
  return [...chosen];
}

/** While layers are dragged their places are kept here; the document changes once, when they are let go. */
export function useFlow(network: Network, analysis: Analysis) {
  const selection = useSelection();
  const [dragged, setDragged] = useState<Positions | null>(null);
  const keepNodes = useBefore<LayerNode>();
  const keepEdges = useBefore<WireEdge>();
  const still = useMemo(() => keepNodes((before) => toFlowNodes(network, analysis, selection, before)), [keepNodes, network, analysis, selection]);
  const edges = useMemo(
    () => keepEdges((before) => toFlowEdges(network, analysis, selection, still, before)),
    [keepEdges, network, analysis, selection, still],
  );
  const nodes = useMemo(
    () => (dragged ? still.map((node) => (dragged[node.id] ? { ...node, position: dragged[node.id] as Point, dragging: true } : node)) : still),
    [still, dragged],
  );

  const onNodesChange = useCallback((changes: readonly NodeChange<LayerNode>[]) => {
    if (changes.some((change) => change.type === 'select')) {
      const { selection: now } = useSession.getState();
      select(picked(now.nodes, changes), now.edges);
    }
    const moves = changes.flatMap((change) => (change.type === 'position' && change.position ? [[change.id, change.position] as const] : []));
    if (moves.length > 0) setDragged((old) => ({ ...old, ...Object.fromEntries(moves) }));
  }, []);

  const onEdgesChange = useCallback((changes: readonly EdgeChange<WireEdge>[]) => {
    const { selection: now } = useSession.getState();
    if (changes.some((change) => change.type === 'select')) select(now.nodes, picked(now.edges, changes));
  }, []);

  /** One gesture, one undo step; a click that moved nothing is none. */
  const finishDrag = useCallback(
    (moved: readonly LayerNode[]) => {
      setDragged(null);
      const before = new Map(network.nodes.map((node) => [node.id, node.position]));
      const places = moved.map((node) => [node.id, { x: snap(node.position.x), y: snap(node.position.y) }] as const);
      const changed = places.filter(([id, place]) => before.get(id)?.x !== place.x || before.get(id)?.y !== place.y);
      if (changed.length > 0) moveLayers(Object.fromEntries(changed));
    },
    [network.nodes],
  );

  return { nodes, edges, onNodesChange, onEdgesChange, finishDrag };
}
