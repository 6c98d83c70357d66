// Networks as tabs, and what the keyboard does to a drawing: list of layers, likely next layer, moving, walking, tidying up.

import { ArrowDownToLine, CopyPlus, GitBranchPlus, GitCompare, Network as NetworkIcon, PencilLine, Plus, Trash2 } from 'lucide-react';
import { layerIds, layers } from '../../shared/layers/index.ts';
import type { AnyLayer } from '../../shared/layers/layer.ts';
import { onward, type Point } from '../../shared/network/compose.ts';
import { gridSize, nodeSize, pitches } from '../../shared/network/layout.ts';
import { freeTitle } from '../../shared/network/names.ts';
import type { Network, NetworkNode } from '../../shared/network/network.ts';
import { incomingEdges, outgoingEdges } from '../../shared/network/rules.ts';
import {
  canvasPort,
  commit,
  commitToNetwork,
  currentNetwork,
  currentProject,
  openQuickAdd,
  select,
  setCompare,
  setOverlay,
  showNetwork,
  showView,
  useSession,
} from '../state/index.ts';
import type { Action } from './action.ts';
import { namesOf } from './edit.ts';
import { addLayer, addLikelyNext } from './layers.ts';

const inDesign = () => useSession.getState().view === 'design';
const selectedNodes = () => useSession.getState().selection.nodes;
const oneSelected = () => inDesign() && selectedNodes().length === 1;

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

/** Puts the layers of a ready network into the open one, which is empty, with their wiring and their name. */
export function fillFrom({ name, nodes, edges }: Network): void {
  const network = currentNetwork();
  if (!network || network.nodes.length > 0) return;
  const others = currentProject().networks.filter(({ id }) => id !== network.id);
  commitToNetwork(network.id, `add ${name}`, [
    { type: 'replace', nodes, edges },
    {
      type: 'renameNetwork',
      name: freeTitle(
        others.map((other) => other.name),
        name,
      ),
    },
  ]);
  canvasPort()?.fitAll();
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
  // The network runs downwards or to the right; across it stand the siblings.
  const [along, across] = network.direction === 'right' ? [dx, dy] : [dy, dx];
  const next = along < 0 ? incomingEdges(network, id)[0]?.source : along > 0 ? outgoingEdges(network, id)[0]?.target : beside(network, id, across);
  if (next === undefined) return;
  select([next]);
  canvasPort()?.reveal(next);
}

function beside(network: Network, id: string, side: number): string | undefined {
  const here = network.nodes.find((node) => node.id === id)?.position;
  if (!here) return undefined;
  const [along, across] = network.direction === 'right' ? (['x', 'y'] as const) : (['y', 'x'] as const);
  const distance = (at: Point) => Math.abs(at[across] - here[across]) + 3 * Math.abs(at[along] - here[along]);
  return network.nodes
    .filter((node) => Math.sign(node.position[across] - here[across]) === side && Math.abs(node.position[along] - here[along]) < 400)
    .sort((a, b) => distance(a.position) - distance(b.position))[0]?.id;
}

/** With one layer selected the list adds below it; else where the pointer is. */
function quickAdd(): void {
  const port = canvasPort();
  const [only] = oneSelected() ? selectedNodes() : [];
  const below = only === undefined ? null : port?.below(only);
  if (!port) setOverlay('commands');
  else if (only !== undefined && below) openQuickAdd({ screen: below, canvas: null, from: only });
  else openQuickAdd({ ...port.place(), from: null });
}

/** Where a second way on from a layer has room: one row on, and as far aside as others stand there. The middle of the card. */
function besideWhatFollows(network: Network, { position }: NetworkNode): Point {
  const { across } = pitches[network.direction ?? 'down'];
  let { x, y } = onward(network, position);
  while (network.nodes.some(({ position: at }) => Math.abs(at.x - x) < nodeSize.width && Math.abs(at.y - y) < nodeSize.height))
    if (network.direction === 'right') y += across;
    else x += across;
  return { x: x + nodeSize.width / 2, y: y + nodeSize.height / 2 };
}

/** The list again, but what is chosen comes beside what follows the layer already, not before it. */
function addBranch(): void {
  const network = currentNetwork();
  const from = network?.nodes.find(({ id }) => id === selectedNodes()[0]);
  const screen = from && canvasPort()?.below(from.id);
  if (network && from && screen) openQuickAdd({ screen, canvas: besideWhatFollows(network, from), from: from.id });
}

const arrows = [
  ['ArrowUp', 0, -1, 'up'],
  ['ArrowDown', 0, 1, 'down'],
  ['ArrowLeft', -1, 0, 'left'],
  ['ArrowRight', 1, 0, 'right'],
] as const;
const active = () => useSession.getState().activeNetwork ?? '';

export const networkActions: readonly Action[] = [
  { id: 'network.new', label: 'New network', group: 'Network', icon: Plus, run: () => addNetwork() },
  { id: 'network.duplicate', label: 'Duplicate the network as a variant', group: 'Network', icon: CopyPlus, run: () => duplicateNetwork(active()) },
  {
    id: 'network.compare',
    label: 'Compare with another network',
    group: 'Network',
    icon: GitCompare,
    words: 'difference diff variant',
    when: () => currentProject().networks.length > 1,
    run: () => setOverlay('compare'),
  },
  {
    id: 'network.compare.end',
    label: 'End the comparison',
    group: 'Network',
    icon: GitCompare,
    when: () => useSession.getState().compareWith !== null,
    run: () => setCompare(null),
  },
  {
    id: 'network.delete',
    label: 'Delete the network',
    group: 'Network',
    icon: Trash2,
    when: () => currentProject().networks.length > 1,
    run: () => deleteNetwork(active()),
  },
  { id: 'network.quickAdd', label: 'Add a layer at the pointer', group: 'Network', shortcut: '/', icon: NetworkIcon, when: inDesign, run: quickAdd },
  {
    id: 'network.branch',
    label: 'Add a branch…',
    group: 'Network',
    shortcut: 'Shift+A',
    icon: GitBranchPlus,
    words: 'fork split parallel second',
    when: oneSelected,
    run: addBranch,
  },
  {
    id: 'network.next',
    label: 'Add the likely next layer',
    group: 'Network',
    shortcut: 'Tab',
    icon: ArrowDownToLine,
    words: 'append suggest',
    when: oneSelected,
    run: addLikelyNext,
  },
  {
    id: 'network.rename',
    label: 'Rename the layer',
    group: 'Network',
    shortcut: 'F2',
    icon: PencilLine,
    when: oneSelected,
    run: () => {
      const field = document.querySelector<HTMLInputElement>('[data-layer-name] input');
      field?.focus();
      field?.select();
    },
  },
  ...arrows.map(
    ([key, dx, dy, words]): Action => ({
      id: `network.move.${key}`,
      label: `Move the layer ${words}`,
      group: 'Arrange',
      shortcut: `Alt+${key}`,
      hidden: true,
      when: () => inDesign() && selectedNodes().length > 0,
      run: () => nudge(dx, dy),
    }),
  ),
  ...arrows.map(
    ([key, dx, dy, words]): Action => ({
      id: `network.walk.${key}`,
      label: `Go ${words} along the connections`,
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
