// What changes the drawing: networks as tabs, new layers, moving and walking with the keyboard, tidying up.

import { CopyPlus, Network as NetworkIcon, PencilLine, Plus, Sparkles, Trash2 } from 'lucide-react';
import { layerIds, layerOf, layers } from '../../shared/layers/index.ts';
import type { AnyLayer } from '../../shared/layers/layer.ts';
import { appendLayer, type Composed, connection, insertLayer, lastNode, type Point, placeLayer } from '../../shared/network/compose.ts';
import { applyEdits, type Edit } from '../../shared/network/edits.ts';
import { gridSize, nodeSize, tidyUp } from '../../shared/network/layout.ts';
import { freeTitle } from '../../shared/network/names.ts';
import type { Network } from '../../shared/network/network.ts';
import type { Repair } from '../../shared/network/problem.ts';
import { canConnect, incomingEdges, outgoingEdges } from '../../shared/network/rules.ts';
import {
  canvasPort,
  commit,
  commitToNetwork,
  currentNetwork,
  currentProject,
  notifyFailure,
  openMessage,
  openQuickAdd,
  select,
  setOverlay,
  showNetwork,
  showView,
  useSession,
} from '../state/index.ts';
import type { Action } from './action.ts';
import { namesOf } from './edit.ts';

const inDesign = () => useSession.getState().view === 'design';
const selectedNodes = () => useSession.getState().selection.nodes;
const oneSelected = () => inDesign() && selectedNodes().length === 1;

// ---- networks ----

/** Adds a network to the project and shows it. */
export function addNetwork(network: Omit<Network, 'id'> = { name: 'Network', nodes: [], edges: [] }): void {
  const { networks } = currentProject();
  const added = {
    ...network,
    id: crypto.randomUUID(),
    name: freeTitle(
      networks.map(({ name }) => name),
      network.name,
    ),
  };
  commit(`add ${added.name}`, [{ type: 'addNetwork', network: added, index: networks.length }]);
  showNetwork(added.id);
  showView('design');
}

export function duplicateNetwork(id: string): void {
  const network = currentNetwork(id);
  if (network) addNetwork({ ...network });
}

export function renameNetwork(id: string, name: string): void {
  commitToNetwork(id, `rename to ${name}`, [{ type: 'renameNetwork', name }]);
}

export function deleteNetwork(id: string): void {
  const network = currentNetwork(id);
  if (network) commit(`delete ${network.name}`, [{ type: 'removeNetwork', network: id }]);
}

// ---- layers ----

/** @returns the layer that was added */
function put(network: Network, layer: AnyLayer, { edits, nodes }: Composed): string | undefined {
  if (edits.length === 0) return undefined;
  commitToNetwork(network.id, `add ${layer.title}`, edits);
  select(nodes);
  return nodes[0];
}

const middle = ({ x, y }: Point): Point => ({ x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 });

/** Adds a layer below the selected one (else the last one) and connects it when that makes sense. */
export function addLayer(kind: string, after?: string | null): void {
  const network = currentNetwork();
  const layer = layerOf(kind);
  if (!network || !layer) return;
  const start = network.nodes.length === 0 ? canvasPort()?.start() : undefined;
  const below = after ?? selectedNodes().at(-1) ?? lastNode(network)?.id ?? null;
  const added = put(network, layer, appendLayer(network, layer, below, start && middle(start)));
  if (added !== undefined) canvasPort()?.reveal(added);
}

/** Adds a layer with its middle at a place of the canvas, connected from `from` if that is given. The view stays: the place was chosen. */
export function addLayerAt(kind: string, place: Point, from: string | null = null): void {
  const network = currentNetwork();
  const layer = layerOf(kind);
  if (!network || !layer) return;
  put(network, layer, from === null ? placeLayer(network, layer, middle(place)) : appendLayer(network, layer, from, middle(place)));
}

/** Puts a layer into a connection. */
export function insertLayerOn(kind: string, edge: string): void {
  const network = currentNetwork();
  const layer = layerOf(kind);
  if (network && layer) put(network, layer, insertLayer(network, layer, edge));
}

/** Adds an automatic Input, which takes its shape from the dataset. */
export function addInput(): void {
  addLayer(layers.input.id, null);
}

/** Connects two layers; null, or why not. */
export function connect(source: string, target: string, input?: number): string | null {
  const network = currentNetwork();
  if (!network) return 'No network is open';
  const refusal = canConnect(network, source, target, input);
  const edit = connection(network, source, target, input);
  if (refusal === null && edit) commitToNetwork(network.id, `connect ${namesOf(network, [source])} to ${namesOf(network, [target])}`, [edit]);
  return refusal;
}

/** Moves a connection's lower end to another input. */
export function reconnect(edgeId: string, source: string, target: string, input?: number): void {
  const network = currentNetwork();
  if (!network) return;
  const removal: Edit = { type: 'removeEdges', edges: [edgeId] };
  const without = applyEdits(network, [removal]).network;
  const edit = connection(without, source, target, input);
  if (edit) commitToNetwork(network.id, 'move a connection', [removal, edit]);
}

/** Takes a connection away. */
export function disconnect(edge: string): void {
  const network = currentNetwork();
  if (network) commitToNetwork(network.id, 'delete a connection', [{ type: 'removeEdges', edges: [edge] }]);
}

/** Does what a repair's button says: one undo step. */
export function repair({ label, edits }: Repair): void {
  const network = currentNetwork();
  if (!network) return;
  commitToNetwork(network.id, label.charAt(0).toLowerCase() + label.slice(1), edits);
  openMessage(null);
}

/** Puts layers where they were dragged to: one undo step. */
export function moveLayers(positions: Readonly<Record<string, Point>>): void {
  const network = currentNetwork();
  if (network) commitToNetwork(network.id, `move ${namesOf(network, Object.keys(positions))}`, [{ type: 'moveNodes', positions }]);
}

export function renameLayer(node: string, name: string): void {
  const network = currentNetwork();
  if (network) commitToNetwork(network.id, `rename ${namesOf(network, [node])}`, [{ type: 'renameNode', node, name }]);
}

/** Sets parameters of a layer; changes of the same one, made at once, are one undo step. */
export function setParameters(node: string, parameters: Readonly<Record<string, unknown>>, label: string): void {
  const network = currentNetwork();
  if (!network) return;
  try {
    commitToNetwork(network.id, `set ${label.toLowerCase()}`, [{ type: 'setParameters', node, parameters }], {
      fold: `${node}/${Object.keys(parameters).join()}`,
    });
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

function nudge(dx: number, dy: number): void {
  const network = currentNetwork();
  if (!network) return;
  const chosen = new Set(selectedNodes());
  const moved = network.nodes
    .filter((node) => chosen.has(node.id))
    .map((node) => [node.id, { x: node.position.x + dx * gridSize, y: node.position.y + dy * gridSize }]);
  if (moved.length > 0)
    commitToNetwork(network.id, `move ${namesOf(network, [...chosen])}`, [{ type: 'moveNodes', positions: Object.fromEntries(moved) }], {
      fold: `nudge/${[...chosen].join()}`,
    });
}

/** Walks along connections: up to what feeds the selected layer, down to what it feeds, sideways to its siblings. */
function walk(dx: number, dy: number): void {
  const network = currentNetwork();
  const [id] = selectedNodes();
  if (!network) return;
  if (id === undefined) {
    select(network.nodes.slice(0, 1).map((node) => node.id));
    return;
  }
  const next = dy < 0 ? incomingEdges(network, id)[0]?.source : dy > 0 ? outgoingEdges(network, id)[0]?.target : beside(network, id, dx);
  if (next === undefined) return;
  select([next]);
  canvasPort()?.reveal(next);
}

function beside(network: Network, id: string, dx: number): string | undefined {
  const here = network.nodes.find((node) => node.id === id)?.position;
  if (!here) return undefined;
  const distance = (at: Point) => Math.abs(at.x - here.x) + 3 * Math.abs(at.y - here.y);
  return network.nodes
    .filter((node) => Math.sign(node.position.x - here.x) === dx && Math.abs(node.position.y - here.y) < 200)
    .sort((a, b) => distance(a.position) - distance(b.position))[0]?.id;
}

function tidy(): void {
  const network = currentNetwork();
  const edit = network ? tidyUp(network) : null;
  if (!network) return;
  if (edit) commitToNetwork(network.id, 'tidy up', [edit]);
  canvasPort()?.fitAll();
}

function quickAdd(): void {
  const place = canvasPort()?.place();
  if (place) openQuickAdd({ ...place, from: null });
  else setOverlay('commands');
}

const arrows = [
  ['ArrowUp', 0, -1],
  ['ArrowDown', 0, 1],
  ['ArrowLeft', -1, 0],
  ['ArrowRight', 1, 0],
] as const;
const active = () => useSession.getState().activeNetwork ?? '';

export const networkActions: readonly Action[] = [
  { id: 'network.new', label: 'New network', group: 'Network', icon: Plus, run: () => addNetwork() },
  { id: 'network.duplicate', label: 'Duplicate the network', group: 'Network', icon: CopyPlus, run: () => duplicateNetwork(active()) },
  {
    id: 'network.delete',
    label: 'Delete the network',
    group: 'Network',
    icon: Trash2,
    when: () => currentProject().networks.length > 1,
    run: () => deleteNetwork(active()),
  },
  { id: 'network.tidy', label: 'Tidy up', group: 'Network', shortcut: 'Shift+T', icon: Sparkles, words: 'layout arrange align', when: inDesign, run: tidy },
  { id: 'network.quickAdd', label: 'Add a layer at the pointer', group: 'Network', shortcut: '/', icon: NetworkIcon, when: inDesign, run: quickAdd },
  {
    id: 'network.rename',
    label: 'Rename the layer',
    group: 'Network',
    shortcut: 'F2',
    icon: PencilLine,
    when: oneSelected,
    run: () => document.querySelector<HTMLInputElement>('[data-layer-name] input')?.focus(),
  },
  ...arrows.map(
    ([key, dx, dy]): Action => ({
      id: `network.move.${key}`,
      label: 'Move the layer by the grid',
      group: 'Network',
      shortcut: `Alt+${key}`,
      hidden: true,
      when: () => inDesign() && selectedNodes().length > 0,
      run: () => nudge(dx, dy),
    }),
  ),
  ...arrows.map(
    ([key, dx, dy]): Action => ({
      id: `network.walk.${key}`,
      label: 'Walk along the connections',
      group: 'Network',
      shortcut: key,
      hidden: true,
      when: inDesign,
      run: () => walk(dx, dy),
    }),
  ),
];

/** One action for each layer, so that the command palette finds them. */
export const layerActions: readonly Action[] = layerIds.map((id) => {
  const layer: AnyLayer = layers[id];
  return { id: `add.${id}`, label: layer.title, group: 'Add layer', words: [layer.family, ...(layer.synonyms ?? [])].join(' '), run: () => addLayer(id) };
});
