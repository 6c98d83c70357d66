// Looking into blocks, on a canvas of their own or where they stand: a definition as a network of its own, that the canvas draws and actions
// change like any other. Its id is the network's and the block's; what is committed to it reaches the definition, and so every place of it.
// What is worked on is one of them at a time: the network, or the innermost block that one chose something in.

import { useMemo } from 'react';
import { create } from 'zustand';
import { layerGraph } from '../../shared/compile/graph.ts';
import type { Analysis, NodeAnalysis } from '../../shared/compile/types.ts';
import { blockInputs, repeatOf } from '../../shared/network/blocks.ts';
import type { Edit } from '../../shared/network/edits.ts';
import type { BlockDefinition, Network } from '../../shared/network/network.ts';
import type { Problem, Repair } from '../../shared/network/problem.ts';
import { useSession } from './session.ts';

/** A block that is looked into: its definition, and the place one came by. */
export interface OpenBlock {
  readonly block: string;
  readonly place: string;
}
interface OpenBlocks {
  /** The network whose blocks are open; of another one nothing is. */
  readonly network: string | null;
  /** What is worked on, from the outermost in: the blocks with a canvas of their own, then those opened in place around it. */
  readonly path: readonly OpenBlock[];
  /** So many of the path have a canvas of their own. */
  readonly canvas: number;
  /** By network: the places that are opened where they stand, each by the places on the way to it. */
  readonly inPlace: Readonly<Record<string, readonly string[]>>;
}
const useOpenBlocks = create<OpenBlocks>()(() => ({ network: null, path: [], canvas: 0, inPlace: {} }));
const nowhere: readonly OpenBlock[] = [];
const noKeys: readonly string[] = [];

const mark = '#';
export const splitView = (id: string): readonly [network: string, block: string | null] => {
  const at = id.indexOf(mark);
  return at < 0 ? [id, null] : [id.slice(0, at), id.slice(at + 1)];
};

const views = new WeakMap<BlockDefinition, Network>();
/** A definition as a network; the same object as long as nothing in it changed. */
function viewOf(network: Network, block: string): Network | null {
  const definition = network.blocks?.find(({ id }) => id === block);
  if (!definition) return null;
  const known = views.get(definition);
  if (known && known.blocks === network.blocks) return known;
  const view = { ...definition, id: `${network.id}${mark}${block}`, blocks: network.blocks };
  views.set(definition, view);
  return view;
}

/** The network of that id, or the block of one. */
export function findDrawn(networks: readonly Network[], id: string | null): Network | null {
  const [networkId, block] = splitView(id ?? '');
  const network = networks.find((candidate) => candidate.id === networkId) ?? null;
  return network && block !== null ? viewOf(network, block) : network;
}

/** Edits of what is drawn as edits of the network. */
export function editsOfNetwork(id: string, edits: readonly Edit[]): readonly Edit[] {
  const [, block] = splitView(id);
  return block === null ? edits : [{ type: 'editBlock', block, edits }];
}

const pathOf = (active: string | null, { network, path }: OpenBlocks): readonly OpenBlock[] => (network === active ? path : nowhere);
const canvasOf = (active: string | null, open: OpenBlocks): readonly OpenBlock[] => pathOf(active, open).slice(0, open.canvas);
const idOf = (active: string | null, path: readonly OpenBlock[]): string | null => {
  const last = path.at(-1);
  return active !== null && last ? `${active}${mark}${last.block}` : active;
};
const active = (): string | null => useSession.getState().activeNetwork;

/** The id of what is worked on: the active network, or the block of it that is open. */
export const drawnId = (): string | null => idOf(active(), openPath());
export const useDrawnId = (): string | null => {
  const network = useSession((state) => state.activeNetwork);
  return useOpenBlocks((state) => idOf(network, pathOf(network, state)));
};
/** The id of what the canvas is of: where a block is opened in place, what is around it. */
export const useCanvasId = (): string | null => {
  const network = useSession((state) => state.activeNetwork);
  return useOpenBlocks((state) => idOf(network, canvasOf(network, state)));
};
/** The blocks that are worked in, outermost first. */
export const openPath = (): readonly OpenBlock[] => pathOf(active(), useOpenBlocks.getState());
export const useOpenPath = (): readonly OpenBlock[] => {
  const network = useSession((state) => state.activeNetwork);
  return useOpenBlocks((state) => pathOf(network, state));
};
/** Those of them that have a canvas of their own. */
export const canvasPath = (): readonly OpenBlock[] => canvasOf(active(), useOpenBlocks.getState());
export const useCanvasPath = (): readonly OpenBlock[] => {
  const path = useOpenPath();
  const count = useOpenBlocks((state) => state.canvas);
  return useMemo(() => (path.length > count ? path.slice(0, count) : path), [path, count]);
};

/** What says of a block where it is opened: the places on the way. */
export const keyOf = (path: readonly OpenBlock[]): string => path.map(({ place }) => place).join('/');
/** The places that are opened where they stand, by `keyOf`. */
export const useInPlace = (): readonly string[] => {
  const network = useSession((state) => state.activeNetwork);
  return useOpenBlocks((state) => state.inPlace[network ?? ''] ?? noKeys);
};
export const isInPlace = (path: readonly OpenBlock[]): boolean => (useOpenBlocks.getState().inPlace[active() ?? ''] ?? noKeys).includes(keyOf(path));

/** Whether the block at a place of what is worked on is opened there. */
export function useIsInPlace(place: string): boolean {
  const path = useOpenPath();
  return useInPlace().includes([...path.map((one) => one.place), place].join('/'));
}

const nothingChosen = { selection: { nodes: [], edges: [], notes: [] }, message: null, connecting: null, editingNote: null };

/** Gives blocks of the active network a canvas of their own, one inside the other; none goes back to the network. */
export function lookInto(path: readonly OpenBlock[]): void {
  useOpenBlocks.setState({ network: active(), path, canvas: path.length });
  useSession.setState(nothingChosen);
}

/** Works in blocks that are opened in place on the canvas; what was chosen elsewhere is chosen no longer. @param path from the network in */
export function workIn(path: readonly OpenBlock[]): void {
  const now = openPath();
  if (keyOf(now) === keyOf(path) && now.length === path.length) return;
  useOpenBlocks.setState(({ canvas, network }) => ({ network: active(), path, canvas: network === active() ? Math.min(canvas, path.length) : 0 }));
  useSession.setState(nothingChosen);
}

/** Back to the network itself, whatever is open on a canvas of its own. */
export const workInNetwork = (): void => (canvasPath().length > 0 ? lookInto([]) : workIn([]));

/** Opens a block where it stands, or closes it; who worked in it works around it then. */
export function setInPlace(path: readonly OpenBlock[], open: boolean): void {
  const key = keyOf(path);
  const network = active() ?? '';
  if (!open && `${keyOf(openPath())}/`.startsWith(`${key}/`)) workIn(path.slice(0, -1));
  useOpenBlocks.setState(({ inPlace }) => {
    const others = (inPlace[network] ?? noKeys).filter((one) => one !== key);
    return { inPlace: { ...inPlace, [network]: open ? [...others, key] : others } };
  });
}

/** Another project: nothing is open in it. */
export const closeBlocks = (): void => useOpenBlocks.setState({ network: null, path: [], canvas: 0, inPlace: {} });

/** Leaves blocks whose place is gone. @param network the active one as it is now */
export function leaveLostBlocks(network: Network): void {
  const path = openPath();
  let nodes = network.nodes;
  const lost = path.findIndex(({ block, place }) => {
    const isThere = nodes.some(({ id, parameters }) => id === place && parameters['block'] === block);
    nodes = network.blocks?.find(({ id }) => id === block)?.nodes ?? [];
    return !isThere || nodes.length === 0;
  });
  if (lost >= 0) (lost < canvasPath().length ? lookInto : workIn)(path.slice(0, lost));
}

/** Where the layers of an open block stand in the analysis of the whole network: the first repetition at each place. */
export function prefixOf(network: Network, path: readonly OpenBlock[]): string {
  let nodes = network.nodes;
  let prefix = '';
  for (const { block, place } of path) {
    const node = nodes.find(({ id }) => id === place);
    prefix += node && repeatOf(node) > 1 ? `${place}/1/` : `${place}/`;
    nodes = network.blocks?.find(({ id }) => id === block)?.nodes ?? [];
  }
  return prefix;
}

/** The id of a node in the open block that a laid open id stands for, in whichever repetition; null where it lies elsewhere. */
function idInside(path: readonly OpenBlock[], id: string): string | null {
  let rest = id;
  for (const { place } of path) {
    if (!rest.startsWith(`${place}/`)) return null;
    rest = rest.slice(place.length + 1).replace(/^\d+\//, '');
  }
  return rest.split('/')[0] ?? null;
}

/** Where a layer of the laid open network is seen: in the innermost block on its way that is opened in place. */
export function seenAt(network: Network, laid: string): { readonly path: readonly OpenBlock[]; readonly node: string } {
  let path: readonly OpenBlock[] = [];
  let nodes = network.nodes;
  for (let rest = laid; ; ) {
    const node = nodes.find(({ id }) => id === rest) ?? nodes.find(({ id }) => rest.startsWith(`${id}/`));
    const block = String(node?.parameters['block']);
    const way = [...path, { block, place: node?.id ?? '' }];
    const inside = network.blocks?.find(({ id }) => id === block);
    if (!node || node.id === rest || !inside || !isInPlace(way)) return { path, node: node?.id ?? rest };
    rest = rest.slice(node.id.length + 1).replace(/^\d+\//, '');
    [path, nodes] = [way, inside.nodes];
  }
}

/** A repair of the definition that is open; null where it changes something else. */
function repairInside({ label, edits, ...rest }: Repair, block: string): Repair | null {
  const inner = edits.map((edit) => (edit.type === 'editBlock' && edit.block === block ? edit.edits : null));
  return inner.every((one) => one !== null) ? { ...rest, label, edits: inner.flat() } : null;
}

/** What is wrong inside the open block, at its nodes; the same in several repetitions once. */
function problemsInside(problems: readonly Problem[], view: Network, path: readonly OpenBlock[]): readonly Problem[] {
  const block = path.at(-1)?.block ?? '';
  const held = new Set(view.nodes.map(({ id }) => id));
  const edgeIds = new Set(view.edges.map(({ id }) => id));
  const seen = new Set<string>();
  return problems.flatMap((problem): Problem[] => {
    const nodes = [...new Set((problem.inside?.nodes ?? []).flatMap((id) => idInside(path, id) ?? []))].filter((id) => held.has(id));
    const key = `${problem.code} ${nodes.join()} ${problem.what}`;
    if (nodes.length === 0 || seen.has(key)) return [];
    seen.add(key);
    const edges = (problem.inside?.edges ?? []).flatMap((id) => idInside(path, id) ?? []).filter((id) => edgeIds.has(id));
    return [{ ...problem, nodes, edges, repairs: problem.repairs.flatMap((repair) => repairInside(repair, block) ?? []) }];
  });
}

/** Answers about the inside of blocks, by the places on the way, for as long as the whole answer stands. */
const insides = new WeakMap<Analysis, Map<string, { readonly view: Network; readonly analysis: Analysis }>>();

/** Shapes, counts and problems inside an open block, as they are at the place one came by. @param path to the block */
export function analysisInside(network: Network, whole: Analysis, view: Network, path: readonly OpenBlock[]): Analysis {
  const known = insides.get(whole) ?? new Map();
  insides.set(whole, known);
  const key = keyOf(path);
  const last = known.get(key);
  if (last?.view === view) return last.analysis;
  const analysis = analyseInside(network, whole, view, path);
  known.set(key, { view, analysis });
  return analysis;
}

function analyseInside(network: Network, whole: Analysis, view: Network, path: readonly OpenBlock[]): Analysis {
  const prefix = prefixOf(network, path);
  const place = prefixOf(network, path.slice(0, -1)) + (path.at(-1)?.place ?? '');
  const inputs = blockInputs(view);
  const shapeOf = (index: number) => whole.nodes[place]?.inputShapes[index] ?? null;
  const nodes = view.nodes.flatMap((node): (readonly [string, NodeAnalysis])[] => {
    const at = inputs.indexOf(node);
    const known = whole.nodes[`${prefix}${node.id}`];
    if (at < 0 || !whole.nodes[place]) return known ? [[node.id, known]] : [];
    return [[node.id, { ...nothingOf(whole.nodes[place]), outputShape: shapeOf(at) }]];
  });
  const order = layerGraph(view).order.map(({ node }) => node.id);
  return {
    nodes: Object.fromEntries(nodes),
    order,
    problems: problemsInside(whole.problems, view, path),
    totals: totalsOf(nodes.map(([, analysis]) => analysis)),
  };
}

function totalsOf(nodes: readonly NodeAnalysis[]): Analysis['totals'] {
  const sum = (pick: (node: NodeAnalysis) => number) => nodes.reduce((total, node) => total + pick(node), 0);
  return {
    layers: nodes.length,
    trainable: sum((node) => node.trainable),
    nonTrainable: sum((node) => node.nonTrainable),
    multiplyAdds: sum((node) => node.multiplyAdds),
    activationBytes: sum((node) => node.activationBytes),
  };
}

const nothingOf = (analysis: NodeAnalysis): NodeAnalysis => ({
  ...analysis,
  inputShapes: [],
  trainable: 0,
  nonTrainable: 0,
  multiplyAdds: 0,
  activationBytes: 0,
  weights: [],
});
