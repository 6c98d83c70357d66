// Arranging several layers: flush at an edge or on their middles, or with equal gaps. Pure: gives the edit that moves them.

import type { Edit } from './edits.ts';
import { nodeSize, snap } from './layout.ts';
import type { Network, NetworkNode } from './network.ts';

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';
type Axis = 'x' | 'y';

const axisOf = (alignment: Alignment): Axis => (alignment === 'left' || alignment === 'center' || alignment === 'right' ? 'x' : 'y');

/** Cards are all of one size, so flush edges are equal places; the middle is that of the outermost two. */
function lineOf(alignment: Alignment, values: readonly number[]): number {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (alignment === 'left' || alignment === 'top') return low;
  return alignment === 'right' || alignment === 'bottom' ? high : snap((low + high) / 2);
}

function moving(nodes: readonly NetworkNode[], axis: Axis, to: (node: NetworkNode, index: number) => number): Edit | null {
  const moved = nodes.map((node, index) => [node, { ...node.position, [axis]: to(node, index) }] as const);
  const changed = moved.filter(([node, place]) => node.position[axis] !== place[axis]);
  return changed.length === 0 ? null : { type: 'moveNodes', positions: Object.fromEntries(changed.map(([node, place]) => [node.id, place])) };
}

const chosen = (network: Network, ids: readonly string[]): readonly NetworkNode[] => network.nodes.filter((node) => ids.includes(node.id));

/** The edit that brings layers into line; null where they are. */
export function align(network: Network, ids: readonly string[], alignment: Alignment): Edit | null {
  const nodes = chosen(network, ids);
  const axis = axisOf(alignment);
  const line = lineOf(
    alignment,
    nodes.map((node) => node.position[axis]),
  );
  return nodes.length < 2 ? null : moving(nodes, axis, () => line);
}

/** The edit that makes the gaps between layers equal, the outermost two staying; where they would lie on one another, gaps grow. */
export function distribute(network: Network, ids: readonly string[], axis: Axis): Edit | null {
  const nodes = [...chosen(network, ids)].sort((a, b) => a.position[axis] - b.position[axis]);
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (nodes.length < 3 || !first || !last) return null;
  const least = (axis === 'x' ? nodeSize.width : nodeSize.height) + 20;
  const pitch = Math.max(least, (last.position[axis] - first.position[axis]) / (nodes.length - 1));
  return moving(nodes, axis, (_, index) => snap(first.position[axis] + index * pitch));
}
