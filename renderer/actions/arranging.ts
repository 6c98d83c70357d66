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
import { type Direction, tidyUp } from '../../shared/network/layout.ts';
import type { Network } from '../../shared/network/network.ts';
import { canvasPort, commitToNetwork, currentNetwork, useSession } from '../state/index.ts';
import type { Action } from './action.ts';

const inDesign = () => useSession.getState().view === 'design';
const selected = () => useSession.getState().selection.nodes;
const atLeast = (count: number) => () => inDesign() && selected().length >= count;

function arrange(label: string, edit: (network: Network) => Edit | null): void {
  const network = currentNetwork();
  const change = network && edit(network);
  if (network && change) commitToNetwork(network.id, label, [change]);
}

const aligning = (alignment: Alignment, label: string, icon: Action['icon']): Action => ({
  id: `arrange.${alignment}`,
  label,
  group: 'Arrange',
  icon,
  words: 'align arrange',
  when: atLeast(2),
  run: () => arrange(label.toLowerCase(), (network) => align(network, selected(), alignment)),
});
const distributing = (axis: 'x' | 'y', label: string, icon: Action['icon']): Action => ({
  id: `arrange.distribute.${axis}`,
  label,
  group: 'Arrange',
  icon,
  words: 'spacing gaps arrange',
  when: atLeast(3),
  run: () => arrange(label.toLowerCase(), (network) => distribute(network, selected(), axis)),
});

/** Tidies the selected layers where several are selected, else the whole network. */
function tidy(): void {
  const isPart = selected().length > 1;
  arrange(isPart ? 'tidy up the selection' : 'tidy up', (network) => tidyUp(network, network.direction, isPart ? selected() : []));
  if (!isPart) canvasPort()?.fitAll();
}

/** Draws the network the other way, ports and all. */
function turn(direction: Direction): void {
  const network = currentNetwork();
  if (!network) return;
  const places = tidyUp(network, direction);
  const words = direction === 'down' ? 'draw from top to bottom' : 'draw from left to right';
  const turned: Edit = { type: 'setNetwork', properties: { direction: direction === 'down' ? undefined : direction } };
  commitToNetwork(network.id, words, [turned, ...(places ? [places] : [])]);
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
