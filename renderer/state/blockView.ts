// Looking into a block: its definition as a network of its own, that the canvas draws and actions change like any other.
// Its id is the network's and the block's; what is committed to it reaches the definition, and so every place of it.

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
  /** From the outermost in. */
  readonly path: readonly OpenBlock[];
}
const useOpenBlocks = create<OpenBlocks>()(() => ({ network: null, path: [] }));
const nowhere: readonly OpenBlock[] = [];

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

const drawnOf = (active: string | null, { network, path }: OpenBlocks): string | null => {
  const last = path.at(-1);
  return active !== null && active === network && last ? `${active}${mark}${last.block}` : active;
};
/** The id of what is drawn: the active network, or the block of it that is open. */
export const drawnId = (): string | null => drawnOf(useSession.getState().activeNetwork, useOpenBlocks.getState());
export const useDrawnId = (): string | null => {
  const active = useSession((state) => state.activeNetwork);
  return useOpenBlocks((state) => drawnOf(active, state));
};
/** The blocks that are open in the active network, outermost first. */
export const useOpenPath = (): readonly OpenBlock[] => {
  const active = useSession((state) => state.activeNetwork);
  return useOpenBlocks((state) => (state.network === active ? state.path : nowhere));
};
export const openPath = (): readonly OpenBlock[] => {
  const { network, path } = useOpenBlocks.getState();
  return network === useSession.getState().activeNetwork ? path : nowhere;
};

/** Opens blocks of the active network one inside the other; none goes back to the network. */
export function lookInto(path: readonly OpenBlock[]): void {
  useOpenBlocks.setState({ network: useSession.getState().activeNetwork, path });
  useSession.setState({ selection: { nodes: [], edges: [], notes: [] }, message: null, connecting: null, editingNote: null });
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

/** A repair of the definition that is open; null where it changes something else. */
function repairInside({ label, edits, ...rest }: Repair, block: string): Repair | null {
  const inner = edits.map((edit) => (edit.type === 'editBlock' && edit.block === block ? edit.edits : null));
  return inner.every((one) => one !== null) ? { ...rest, label, edits: inner.flat() } : null;
}

/** What is wrong inside the open block, at its nodes; the same in several repetitions once. */
function problemsInside(problems: readonly Problem[], view: Network): readonly Problem[] {
  const path = openPath();
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

/** Shapes, counts and problems inside the open block, as they are at the place one came by. */
export function analysisInside(network: Network, whole: Analysis, view: Network): Analysis {
  const path = openPath();
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
  return { nodes: Object.fromEntries(nodes), order, problems: problemsInside(whole.problems, view), totals: totalsOf(nodes.map(([, analysis]) => analysis)) };
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
