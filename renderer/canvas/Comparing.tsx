// What the canvas shows while the open network is set against another: marks on layers, and those it no longer has.

import { ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import { layerOf } from '../../shared/layers/index.ts';
import { columnPitch, nodeSize } from '../../shared/network/layout.ts';
import type { Network, NetworkNode } from '../../shared/network/network.ts';
import { type Point, useComparison } from '../state/index.ts';
import { t } from '../text/text.ts';
import type { Mark, Marks } from './adapter.ts';
import styles from './LayerCard.module.css';
import type { Level } from './scene.ts';

const none: Marks = new Map();
const nothing: readonly NetworkNode[] = [];

/** Marks for the layers, and the layers that only the other network has. */
export function useMarks(network: Network): { readonly marks: Marks; readonly removed: readonly NetworkNode[] } {
  const comparison = useComparison(network);
  return useMemo(() => {
    if (!comparison) return { marks: none, removed: nothing };
    const added = comparison.added.map(({ id }) => [id, 'added' as Mark] as const);
    const changed = [...comparison.changed.keys()].map((id) => [id, 'changed' as Mark] as const);
    return { marks: new Map([...added, ...changed]), removed: comparison.removed };
  }, [comparison]);
}

const overlaps = (a: Point, b: Point): boolean => Math.abs(a.x - b.x) < nodeSize.width && Math.abs(a.y - b.y) < nodeSize.height;

/** Where it stood, or beside it where something else stands there now. */
function placeOf({ position }: NetworkNode, network: Network): Point {
  let place: Point = position;
  while (network.nodes.some((node) => overlaps(node.position, place))) place = { x: place.x + columnPitch, y: place.y };
  return place;
}

export function Removed({ nodes, level }: { readonly nodes: readonly NetworkNode[]; readonly level: Level }) {
  return (
    <ViewportPortal>
      {nodes.map((node) => {
        const { x, y } = level.drawn(placeOf(node, level.open.network));
        return (
          <div key={node.id} className={styles.removed} style={{ transform: `translate(${x}px, ${y}px)` }} data-testid={`removed-${node.name}`}>
            <b>{node.name}</b> {layerOf(node.kind)?.title ?? node.kind}
            {t(', removed')}
          </div>
        );
      })}
    </ViewportPortal>
  );
}
