// Where layers stand: in line, at equal gaps, tidied from top to bottom or from left to right.

import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  ArrowDownUp,
  ArrowLeftRight,
  Sparkles,
} from 'lucide-react';
import { align, type Alignment, distribute } from '../../shared/network/arrange.ts';
import type { Edit } from '../../shared/network/edits.ts';
import type { Direction } from '../../shared/network/layout.ts';
import type { Network } from '../../shared/network/network.ts';
import { canvasPort, commitToNetwork, currentNetwork, dismissNotice, notify, useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import type { Action } from './action.ts';
import type { Places } from './layout/elkGraph.ts';
import { notesAfter } from './layout/notes.ts';
import { setNotes } from './notes.ts';

const inDesign = () => useSession.getState().view === 'design';
const selected = () => useSession.getState().selection.nodes;
const atLeast = (count: number) => () => inDesign() && selected().length >= count;

function arrange(label: string, edit: (network: Network) => readonly Edit[]): void {
  const network = currentNetwork();
  const changes = network ? edit(network) : [];
  if (network && changes.length > 0) commitToNetwork(network.id, label, changes);
}
const asList = (edit: Edit | null): readonly Edit[] => (edit ? [edit] : []);

const aligning = (alignment: Alignment, label: string, icon: Action['icon']): Action => ({
  id: `arrange.${alignment}`,
  label,
  group: 'Arrange',
  icon,
  words: 'align arrange',
  when: atLeast(2),
  run: () => arrange(label.toLowerCase(), (network) => asList(align(network, selected(), alignment))),
});
const distributing = (axis: 'x' | 'y', label: string, icon: Action['icon']): Action => ({
  id: `arrange.distribute.${axis}`,
  label,
  group: 'Arrange',
  icon,
  words: 'spacing gaps arrange',
  when: atLeast(3),
  run: () => arrange(label.toLowerCase(), (network) => asList(distribute(network, selected(), axis))),
});

/** The edits that put layers, and the notes with them, where they were laid out. What was taken away meanwhile is left out. */
function moveTo(network: Network, places: Places, turned?: Direction): readonly Edit[] {
  const moved = network.nodes.filter(({ id, position }) => places[id] && (position.x !== places[id].x || position.y !== places[id].y));
  const notes = notesAfter(network, places, turned);
  return [
    ...(moved.length === 0
      ? []
      : [{ type: 'moveNodes', positions: Object.fromEntries(moved.map(({ id, position }) => [id, places[id] ?? position])) } as const]),
    ...(notes ? [setNotes(notes)] : []),
  ];
}

/** So many layers take a second or more. */
const tellAbove = 150;

/** Lays out a network, or some of its layers; null where another one is drawn by the time it is done. */
async function laidOut(network: Network, direction: Direction, only: readonly string[] = []): Promise<Places | null> {
  const count = only.length || network.nodes.length;
  const busy = count > tellAbove ? notify({ tone: 'info', text: t`Laying out ${count} layers` }) : null;
  try {
    const { layOut } = await import('./layout/elk.ts');
    const places = await layOut(network, direction, only);
    return currentNetwork()?.id === network.id ? places : null;
  } finally {
    if (busy !== null) dismissNotice(busy);
  }
}

/** Tidies the selected layers where several are selected, else the whole network. */
async function tidy(): Promise<void> {
  const network = currentNetwork();
  const only = selected().length > 1 ? selected() : [];
  const places = network && (await laidOut(network, network.direction ?? 'down', only));
  if (!places) return;
  arrange(only.length > 0 ? 'tidy up the selection' : 'tidy up', (now) => moveTo(now, places));
  if (only.length === 0) canvasPort()?.fitAll();
}

/** Draws the network the other way, ports and all. */
async function turn(direction: Direction): Promise<void> {
  const network = currentNetwork();
  const places = network && (await laidOut(network, direction));
  if (!places) return;
  const words = direction === 'down' ? 'draw from top to bottom' : 'draw from left to right';
  const turned: Edit = { type: 'setNetwork', properties: { direction: direction === 'down' ? undefined : direction } };
  commitToNetwork(network.id, words, [turned, ...moveTo(currentNetwork() ?? network, places, direction)]);
  canvasPort()?.fitAll();
}
const drawn = (): Direction => currentNetwork()?.direction ?? 'down';

export const arrangeActions: readonly Action[] = [
  {
    id: 'network.tidy',
    plain: 'Tidy up',
    label: () => (selected().length > 1 ? 'Tidy up the selection' : 'Tidy up'),
    group: 'Arrange',
    shortcut: 'Shift+T',
    icon: Sparkles,
    words: 'layout arrange align automatic',
    when: inDesign,
    run: tidy,
  },
  {
    id: 'network.drawRight',
    label: 'Draw from left to right',
    group: 'Arrange',
    icon: ArrowLeftRight,
    words: 'direction horizontal layout',
    when: () => inDesign() && drawn() === 'down',
    run: () => turn('right'),
  },
  {
    id: 'network.drawDown',
    label: 'Draw from top to bottom',
    group: 'Arrange',
    icon: ArrowDownUp,
    words: 'direction vertical layout',
    when: () => inDesign() && drawn() === 'right',
    run: () => turn('down'),
  },
  aligning('left', 'Align left edges', AlignStartVertical),
  aligning('center', 'Align centres', AlignCenterVertical),
  aligning('right', 'Align right edges', AlignEndVertical),
  aligning('top', 'Align top edges', AlignStartHorizontal),
  aligning('middle', 'Align middles', AlignCenterHorizontal),
  aligning('bottom', 'Align bottom edges', AlignEndHorizontal),
  distributing('x', 'Distribute across', AlignHorizontalDistributeCenter),
  distributing('y', 'Distribute downwards', AlignVerticalDistributeCenter),
];
