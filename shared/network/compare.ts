// What makes one network another: layers added and removed, connections, settings that differ. Pure; the two may be of different projects.

import { layerOf } from '../layers/index.ts';
import type { Network, NetworkEdge, NetworkNode } from './network.ts';

export interface SettingChange {
  /** The setting's name on screen. */
  readonly label: string;
  readonly before: unknown;
  readonly after: unknown;
}
export interface Comparison {
  /** Each layer of the second network that was in the first, with what it was there. */
  readonly pairs: ReadonlyMap<string, NetworkNode>;
  /** Layers of the second that the first does not have. */
  readonly added: readonly NetworkNode[];
  /** Layers of the first that the second does not have. */
  readonly removed: readonly NetworkNode[];
  /** By layer of the second: what is set otherwise. */
  readonly changed: ReadonlyMap<string, readonly SettingChange[]>;
  readonly addedEdges: readonly NetworkEdge[];
  readonly removedEdges: readonly NetworkEdge[];
}

/** Pairs layers: a variant keeps ids, a network drawn anew keeps names, else the same kind behind a pair. */
function pair(before: Network, after: Network): Map<string, NetworkNode> {
  const pairs = new Map<string, NetworkNode>();
  const free = new Map(before.nodes.map((node) => [node.id, node]));
  const take = (node: NetworkNode, partner: NetworkNode | undefined) => {
    if (!partner || pairs.has(node.id) || !free.has(partner.id)) return;
    pairs.set(node.id, partner);
    free.delete(partner.id);
  };
  for (const node of after.nodes) if (free.get(node.id)?.kind === node.kind) take(node, free.get(node.id));
  const named = (node: NetworkNode) => [...free.values()].find((one) => one.name === node.name && one.kind === node.kind);
  for (const node of after.nodes) if (!pairs.has(node.id)) take(node, named(node));
  for (const node of inOrder(after)) {
    if (pairs.has(node.id)) continue;
    const above = after.edges.filter((edge) => edge.target === node.id).map((edge) => pairs.get(edge.source)?.id);
    const followers = new Set(before.edges.filter((edge) => above.includes(edge.source)).map((edge) => edge.target));
    const starts = above.length === 0 ? [...free.values()].filter((one) => !before.edges.some((edge) => edge.target === one.id)) : [];
    take(
      node,
      [...starts, ...free.values()].find((one) => one.kind === node.kind && (starts.includes(one) || followers.has(one.id))),
    );
  }
  return pairs;
}

/** From the inputs on; what lies on a circle comes last. */
function inOrder({ nodes, edges }: Network): readonly NetworkNode[] {
  const depth = new Map<string, number>();
  for (let round = 0; round < nodes.length; round++) {
    let isStill = true;
    for (const { source, target } of edges) {
      const next = (depth.get(source) ?? 0) + 1;
      if (next <= (depth.get(target) ?? 0) || next > nodes.length) continue;
      depth.set(target, next);
      isStill = false;
    }
    if (isStill) break;
  }
  return [...nodes].sort((a, b) => (depth.get(a.id) ?? 0) - (depth.get(b.id) ?? 0));
}

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

function settings(before: NetworkNode, after: NetworkNode): readonly SettingChange[] {
  const fields = (layerOf(after.kind)?.fields ?? {}) as Readonly<Record<string, { readonly label: string; readonly default: unknown }>>;
  const keys = new Set([...Object.keys(fields), ...Object.keys(before.parameters), ...Object.keys(after.parameters)]);
  const settingOf = (node: NetworkNode, key: string) => (Object.hasOwn(node.parameters, key) ? node.parameters[key] : fields[key]?.default);
  const own = [...keys].flatMap((key) => {
    const [old, now] = [settingOf(before, key), settingOf(after, key)];
    return differs(old, now) ? [{ label: fields[key]?.label ?? key, before: old, after: now }] : [];
  });
  const flags = (
    [
      ['Bypassed', before.bypassed ?? false, after.bypassed ?? false],
      ['Trainable', before.trainable ?? true, after.trainable ?? true],
      ['Name', before.name, after.name],
    ] as const
  ).flatMap(([label, old, now]) => (old === now ? [] : [{ label, before: old, after: now }]));
  return [...own, ...flags];
}

/** Everything that the second network has otherwise than the first. Places on the canvas do not count. */
export function compareNetworks(before: Network, after: Network): Comparison {
  const pairs = pair(before, after);
  const partner = new Map([...pairs].map(([id, node]) => [node.id, id]));
  const changed = new Map(
    after.nodes.flatMap((node) => {
      const old = pairs.get(node.id);
      const changes = old ? settings(old, node) : [];
      return changes.length > 0 ? [[node.id, changes] as const] : [];
    }),
  );
  const sameEdge = (a: NetworkEdge, b: NetworkEdge) =>
    partner.get(a.source) === b.source && partner.get(a.target) === b.target && a.input === b.input && partner.has(a.source);
  return {
    pairs,
    added: after.nodes.filter((node) => !pairs.has(node.id)),
    removed: before.nodes.filter((node) => !partner.has(node.id)),
    changed,
    addedEdges: after.edges.filter((edge) => !before.edges.some((old) => sameEdge(old, edge))),
    removedEdges: before.edges.filter((old) => !after.edges.some((edge) => sameEdge(old, edge))),
  };
}
