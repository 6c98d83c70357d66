// Blocks: made of a selection, opened, repeated, set apart, dissolved. What is computed stays the same but where it is meant to change.

import { BookmarkPlus, Boxes, ChevronsUpDown, LogIn, LogOut, Split, Ungroup } from 'lucide-react';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { BLOCK, blockOf } from '../../shared/network/blocks.ts';
import { connection, lastNode, onward } from '../../shared/network/compose.ts';
import { applyEdits, type Edit } from '../../shared/network/edits.ts';
import { blockPlace, detachBlock, groupIntoBlock, ungroupBlock } from '../../shared/network/grouping.ts';
import type { Network, NetworkNode } from '../../shared/network/network.ts';
import {
  canvasPath,
  canvasPort,
  commitToNetwork,
  currentNetwork,
  isInPlace,
  lookInto,
  notify,
  type OpenBlock,
  openPath,
  select,
  setInPlace,
  useSession,
  workIn,
} from '../state/index.ts';
import type { Action } from './action.ts';
import { namesOf, stepOut } from './edit.ts';
import { keepBlock } from './library.ts';

const selected = () => useSession.getState().selection.nodes;
const inDesign = () => useSession.getState().view === 'design';

function selectedBlock(): NetworkNode | null {
  const [only, ...others] = selected();
  const node = currentNetwork()?.nodes.find(({ id }) => id === only);
  return inDesign() && others.length === 0 && node?.kind === BLOCK ? node : null;
}

/** Makes or dissolves a block in what is drawn: the network, or a block of it, whose definitions are the network's. */
function change(work: (network: Network) => void): void {
  const network = currentNetwork();
  if (!network) return;
  try {
    work(network);
  } catch (thrown) {
    if (!(thrown instanceof NetwrightError)) throw thrown;
    notify({ tone: 'info', text: thrown.message });
  }
}

const isInside = () => openPath().length > 0;

function group(): void {
  change((network) => {
    const { edits, node } = groupIntoBlock(network, selected(), 'Block');
    commitToNetwork(network.id, `make a block of ${namesOf(network, selected())}`, edits);
    select([node]);
  });
}

function ungroup(): void {
  const place = selectedBlock();
  if (!place) return;
  change((network) => {
    const { edits, nodes } = ungroupBlock(network, place.id);
    commitToNetwork(network.id, `dissolve ${place.name}`, edits);
    select(nodes);
  });
}

function detach(): void {
  const place = selectedBlock();
  if (place) change((network) => commitToNetwork(network.id, `set ${place.name} apart`, detachBlock(network, place.id)));
}

function keep(): Promise<void> | undefined {
  const [network, place] = [currentNetwork(), selectedBlock()];
  return network && place ? keepBlock(network, place) : undefined;
}

/** Opens the block at a place: what is changed in it changes at all its places. */
export function openBlock(placeId: string): void {
  const network = currentNetwork();
  const place = network?.nodes.find(({ id }) => id === placeId);
  const definition = network && place && blockOf(network, place);
  if (definition && place) lookInto([...openPath(), { block: definition.id, place: place.id }]);
}

/** The way to the block at a place of what is worked on; null where there is none. */
function wayTo(placeId: string): readonly OpenBlock[] | null {
  const network = currentNetwork();
  const place = network?.nodes.find(({ id }) => id === placeId);
  const definition = network && place?.kind === BLOCK ? blockOf(network, place) : undefined;
  return definition ? [...openPath(), { block: definition.id, place: placeId }] : null;
}

/** Opens a block where it stands, or closes it. Closed, everything is where it was. */
export function toggleInPlace(placeId: string): void {
  const way = wayTo(placeId);
  if (!way) return;
  const isOpen = isInPlace(way);
  setInPlace(way, !isOpen);
  select([placeId]);
  canvasPort()?.reveal(placeId);
}

/** The selected block where it stands; without one, the block that is opened around what is selected. */
function openHere(): void {
  const place = selectedBlock();
  if (!place) return void closeAround();
  const way = wayTo(place.id);
  const opens = way !== null && !isInPlace(way);
  toggleInPlace(place.id);
  // From the keyboard one goes on inside.
  if (opens) goInside(way);
}

function goInside(way: readonly OpenBlock[]): void {
  workIn(way);
  const first = currentNetwork()?.nodes.find(({ kind }) => kind !== 'input');
  if (first) select([first.id]);
}

/** Whether what is worked in is opened in place. */
const isWithin = (): boolean => openPath().length > canvasPath().length;

function closeAround(): void {
  const path = openPath();
  stepOut();
  setInPlace(path, false);
}

/** Puts another place of a block below the selected layer, and connects it. */
export function addBlockPlace(block: string): void {
  change((network) => {
    const above = network.nodes.find(({ id }) => id === selected().at(-1)) ?? lastNode(network);
    const add = blockPlace(network, block, above ? onward(network, above.position) : { x: 0, y: 0 });
    const node = add.type === 'addNode' ? add.node.id : '';
    const wire = above && connection(applyEdits(network, [add]).network, above.id, node);
    const edits: Edit[] = wire ? [add, wire] : [add];
    commitToNetwork(network.id, `add ${network.blocks?.find(({ id }) => id === block)?.name ?? 'a block'}`, edits);
    select([node]);
  });
}

/** How often a block stands in a row. */
export function repeatBlock(place: NetworkNode, repeat: number): void {
  const network = currentNetwork();
  if (network) {
    const edit: Edit = { type: 'setParameters', node: place.id, parameters: { repeat } };
    commitToNetwork(network.id, `repeat ${place.name} ${repeat} times`, [edit], { fold: `${place.id}/repeat` });
  }
}

function isOpenHere(): boolean {
  const place = selectedBlock();
  const way = place && wayTo(place.id);
  return way ? isInPlace(way) : isWithin();
}

export const blockActions: readonly Action[] = [
  {
    id: 'block.group',
    label: 'Make a block of the selection',
    group: 'Network',
    shortcut: 'Ctrl+G',
    icon: Boxes,
    words: 'group module nest',
    when: () => inDesign() && selected().length > 0,
    run: group,
  },
  {
    id: 'block.ungroup',
    label: 'Dissolve the block',
    group: 'Network',
    shortcut: 'Ctrl+Shift+G',
    icon: Ungroup,
    words: 'ungroup expand',
    when: () => selectedBlock() !== null,
    run: ungroup,
  },
  {
    id: 'block.detach',
    label: 'Set the block apart from its others',
    group: 'Network',
    icon: Split,
    words: 'detach unlink copy',
    when: () => selectedBlock() !== null,
    run: detach,
  },
  {
    id: 'block.open',
    label: 'Open the block',
    group: 'Network',
    shortcut: 'E',
    icon: LogIn,
    words: 'enter edit inside',
    when: () => selectedBlock() !== null,
    run: () => openBlock(selectedBlock()?.id ?? ''),
  },
  {
    id: 'block.openHere',
    plain: 'Open the block in place, or close it',
    label: () => (isOpenHere() ? 'Close the block' : 'Open the block in place'),
    group: 'Network',
    shortcut: 'X',
    icon: ChevronsUpDown,
    words: 'expand unfold inline collapse fold',
    when: () => selectedBlock() !== null || (inDesign() && isWithin()),
    run: openHere,
  },
  {
    id: 'block.keep',
    label: 'Keep the block for other projects',
    group: 'Network',
    icon: BookmarkPlus,
    words: 'save library my blocks reuse',
    when: () => selectedBlock() !== null,
    run: keep,
  },
  {
    id: 'block.close',
    label: 'Leave the block',
    group: 'Network',
    shortcut: 'Shift+E',
    icon: LogOut,
    words: 'exit out up',
    when: isInside,
    run: () => (isWithin() ? closeAround() : lookInto(openPath().slice(0, -1))),
  },
];
