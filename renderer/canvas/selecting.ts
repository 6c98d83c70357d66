// Who chooses on a canvas with opened blocks chooses in one level: the innermost that everything lies in; of a box that crosses the edge of a
// block, the block as a whole. Pure.

import type { OpenBlock } from '../state/index.ts';
import type { Level, Scene } from './scene.ts';

export interface Chosen {
  readonly path: readonly OpenBlock[];
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  readonly notes: readonly string[];
}

interface Found {
  readonly level: Level;
  readonly id: string;
}

const isWithin = (inner: Level, outer: Level): boolean =>
  inner !== outer && inner.frame !== null && (outer.frame === null || `${inner.open.key}/`.startsWith(`${outer.open.key}/`));
/** The frame of a block around something that is chosen too: a box drawn inside it meets it in any case. */
const isAround = ({ level, id }: Found, others: readonly Found[]): boolean => {
  const inside = level.open.inside.get(id);
  return inside !== undefined && others.some((other) => `${other.level.open.key}/`.startsWith(`${inside.key}/`));
};

/** The block of an outer level that something lies in. */
function blockAround(level: Level, inner: Level): string | null {
  const next = inner.open.path[level.open.path.length];
  return next ? next.place : null;
}

/** @param nodes layers and notes, as React Flow calls them @param edges connections, likewise */
export function resolved(scene: Scene, nodes: readonly string[], edges: readonly string[]): Chosen {
  const found = nodes.map(scene.find);
  const own = found.filter((one) => !isAround(one, found));
  const wires = edges.map(scene.find);
  const [first, ...others] = (own.length > 0 ? own : wires).map(({ level }) => level);
  let level = first ?? (scene.levels[0] as Level);
  for (const other of others) if (other !== level && !isWithin(other, level)) level = isWithin(level, other) ? other : (scene.levels[0] as Level);
  const noteIds = new Set(level.open.network.notes?.map(({ id }) => id));
  const ids = new Set(own.flatMap((one) => (one.level === level ? [one.id] : (blockAround(level, one.level) ?? []))));
  return {
    path: level.open.path,
    nodes: [...ids].filter((id) => !noteIds.has(id)),
    edges: wires.flatMap((one) => (one.level === level ? [one.id] : [])),
    notes: [...ids].filter((id) => noteIds.has(id)),
  };
}
