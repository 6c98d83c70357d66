// Connecting from the keyboard: C begins at the selected layer, arrows choose where to, Enter connects, Escape leaves it.
// And the order of the connections that come into one layer.

import { Cable } from 'lucide-react';
import type { Edit } from '../../shared/network/edits.ts';
import type { Network, NetworkEdge, NetworkNode } from '../../shared/network/network.ts';
import { canConnect, incomingEdges } from '../../shared/network/rules.ts';
import { canvasPort, commitToNetwork, currentNetwork, notify, setConnecting, useSession } from '../state/index.ts';
import type { Action } from './action.ts';
import { connect } from './layers.ts';

const now = () => useSession.getState();
const isConnecting = () => now().connecting !== null;

/** The layers a connection may go to, from top to bottom. */
function targetsOf(network: Network, from: string): readonly NetworkNode[] {
  const fits = network.nodes.filter((node) => canConnect(network, from, node.id) === null);
  return fits.sort((a, b) => a.position.y - b.position.y || a.position.x - b.position.x);
}

const distance = (a: NetworkNode, b: NetworkNode): number => Math.hypot(a.position.x - b.position.x, a.position.y - b.position.y);

function begin(): void {
  const network = currentNetwork();
  const from = network?.nodes.find(({ id }) => id === now().selection.nodes[0]);
  if (!network || !from) return;
  const [nearest] = [...targetsOf(network, from.id)].sort((a, b) => distance(a, from) - distance(b, from));
  if (nearest) aim(from.id, nearest.id);
  else notify({ tone: 'info', text: `No layer can take a connection from ${from.name}`, detail: 'They take one each and have it, or come before it.' });
}

function aim(from: string, to: string): void {
  setConnecting({ from, to });
  canvasPort()?.reveal(to);
}

/** The next target in the order from top to bottom. */
function step(by: 1 | -1): void {
  const network = currentNetwork();
  const { connecting } = now();
  if (!network || !connecting) return;
  const targets = targetsOf(network, connecting.from);
  const at = targets.findIndex(({ id }) => id === connecting.to);
  const next = targets[(at + by + targets.length) % targets.length];
  if (next) aim(connecting.from, next.id);
}

function finish(): void {
  const { connecting } = now();
  setConnecting(null);
  if (connecting) connect(connecting.from, connecting.to);
}

const aimKey = (key: string, by: 1 | -1): Action => ({
  id: `connect.aim.${key}`,
  label: 'Choose where the connection goes',
  group: 'Network',
  shortcut: key,
  mode: 'connecting',
  unlisted: true,
  hidden: true,
  when: isConnecting,
  run: () => step(by),
});

/** Before all others: while one connects, arrows and Enter mean this. */
export const connectActions: readonly Action[] = [
  {
    id: 'connect.begin',
    label: 'Connect from the selected layer',
    group: 'Network',
    shortcut: 'C',
    icon: Cable,
    words: 'connection wire edge',
    when: () => now().view === 'design' && now().selection.nodes.length === 1,
    run: begin,
  },
  aimKey('ArrowDown', 1),
  aimKey('ArrowRight', 1),
  aimKey('ArrowUp', -1),
  aimKey('ArrowLeft', -1),
  {
    id: 'connect.finish',
    label: 'Connect',
    group: 'Network',
    shortcut: 'Enter',
    mode: 'connecting',
    unlisted: true,
    hidden: true,
    when: isConnecting,
    run: finish,
  },
];

/** Moves a connection up or down among those that come into its layer; the two change places. */
export function reorderInput(edge: NetworkEdge, by: 1 | -1): void {
  const network = currentNetwork();
  if (!network) return;
  const into = incomingEdges(network, edge.target);
  const other = into[into.findIndex(({ id }) => id === edge.id) + by];
  if (!other) return;
  const edits: Edit[] = [
    { type: 'removeEdges', edges: [edge.id, other.id] },
    { type: 'addEdge', edge: { ...edge, input: other.input } },
    { type: 'addEdge', edge: { ...other, input: edge.input } },
  ];
  const name = network.nodes.find(({ id }) => id === edge.target)?.name ?? 'a layer';
  commitToNetwork(network.id, `change the order of inputs of ${name}`, edits);
}
