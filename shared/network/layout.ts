// First places: where layers stand that nobody has drawn yet (templates, imported models, pictures of networks), at once and without a
// library. Rows are the longest way from an input; columns are handed down from a layer to its first follower.
// What tidies up a drawing is the layout library of the window: renderer/actions/layout.

import type { Network, NetworkEdge } from './network.ts';

/** The grid that layers snap to, and the size of a layer's card, in pixels at 100 %. */
export const gridSize = 20;
export const nodeSize = { width: 264, height: 52 } as const;
export const rowPitch = 80;
export const columnPitch = 320;

export const snap = (value: number): number => Math.round(value / gridSize) * gridSize || 0;

interface Links {
  readonly into: ReadonlyMap<string, readonly NetworkEdge[]>;
  readonly out: ReadonlyMap<string, readonly NetworkEdge[]>;
}

function linksOf(network: Network): Links {
  const into = new Map<string, NetworkEdge[]>(network.nodes.map((node) => [node.id, []]));
  const out = new Map<string, NetworkEdge[]>(network.nodes.map((node) => [node.id, []]));
  for (const edge of network.edges) {
    into.get(edge.target)?.push(edge);
    out.get(edge.source)?.push(edge);
  }
  for (const edges of into.values()) edges.sort((a, b) => a.input - b.input);
  return { into, out };
}

/** Every layer after those it depends on; what lies on a cycle comes last, in the document's order. */
function ordered(network: Network, links: Links): string[] {
  const waiting = new Map(network.nodes.map((node) => [node.id, links.into.get(node.id)?.length ?? 0]));
  const order = network.nodes.filter((node) => waiting.get(node.id) === 0).map((node) => node.id);
  for (let index = 0; index < order.length; index++) {
    for (const edge of links.out.get(order[index] as string) ?? []) {
      const left = (waiting.get(edge.target) ?? 0) - 1;
      waiting.set(edge.target, left);
      if (left === 0) order.push(edge.target);
    }
  }
  const seen = new Set(order);
  return [...order, ...network.nodes.map((node) => node.id).filter((id) => !seen.has(id))];
}

/** The longest way, counted in layers, from the start (`into`) or to the end (`out`). */
function depths(order: readonly string[], edges: Links['into'], other: 'source' | 'target'): Map<string, number> {
  const depth = new Map<string, number>();
  for (const id of order) depth.set(id, Math.max(0, ...(edges.get(id) ?? []).map((edge) => (depth.get(edge[other]) ?? -1) + 1)));
  return depth;
}

/** The free column nearest to the wanted one, looking right first. */
function nearestFree(taken: ReadonlySet<number>, wanted: number): number {
  for (let distance = 0; ; distance++) {
    if (!taken.has(wanted + distance)) return wanted + distance;
    if (!taken.has(wanted - distance)) return wanted - distance;
  }
}

/** The input that a layer stands below: of those with most layers behind them the first. What joins branches so goes on in the trunk's column. */
function above(edges: readonly NetworkEdge[], rows: ReadonlyMap<string, number>): NetworkEdge | undefined {
  const row = ({ source }: NetworkEdge) => rows.get(source) ?? 0;
  const last = Math.max(...edges.map(row));
  return edges.find((edge) => row(edge) === last);
}

function columns(order: readonly string[], links: Links, rows: ReadonlyMap<string, number>, below: ReadonlyMap<string, number>): Map<string, number> {
  const column = new Map<string, number>();
  const taken = new Map<number, Set<number>>();
  // Row by row, the longest continuation first, so that the trunk keeps its column and shorter branches step aside.
  const placed = [...order].sort((a, b) => (rows.get(a) ?? 0) - (rows.get(b) ?? 0) || (below.get(b) ?? 0) - (below.get(a) ?? 0));
  for (const id of placed) {
    const row = rows.get(id) ?? 0;
    const used = taken.get(row) ?? new Set<number>();
    const trunk = above(links.into.get(id) ?? [], rows);
    const at = nearestFree(used, trunk ? (column.get(trunk.source) ?? 0) : 0);
    column.set(id, at);
    taken.set(row, used.add(at));
  }
  return column;
}

export type Direction = 'down' | 'right';
type Places = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

/** From top to bottom, rows are a card high; from left to right, a card wide. */
export const pitches: Readonly<Record<Direction, { readonly along: number; readonly across: number }>> = {
  down: { along: rowPitch, across: columnPitch },
  right: { along: columnPitch + gridSize, across: rowPitch },
};

/** The place of every layer, by its id. */
export function layout(network: Network): Places {
  const links = linksOf(network);
  const order = ordered(network, links);
  const rows = depths(order, links.into, 'source');
  const below = depths([...order].reverse(), links.out, 'target');
  const column = columns(order, links, rows, below);
  return Object.fromEntries(order.map((id) => [id, { x: (column.get(id) ?? 0) * columnPitch, y: (rows.get(id) ?? 0) * rowPitch }]));
}
