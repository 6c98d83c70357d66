// What a layer is besides its settings: passed by, frozen. For all selected layers at once.

import { Route, Snowflake } from 'lucide-react';
import type { Edit } from '../../shared/network/edits.ts';
import type { NetworkNode } from '../../shared/network/network.ts';
import { commitToNetwork, currentNetwork, useSession } from '../state/index.ts';
import type { Action } from './action.ts';
import { namesOf } from './edit.ts';

const chosen = (): readonly NetworkNode[] => {
  const { view, selection } = useSession.getState();
  return view === 'design' ? (currentNetwork()?.nodes.filter((node) => selection.nodes.includes(node.id)) ?? []) : [];
};

/** Sets a property of all selected layers; where all have it already, takes it away. */
function toggle(
  words: readonly [on: string, off: string],
  has: (node: NetworkNode) => boolean,
  set: (on: boolean) => Pick<NetworkNode, 'bypassed' | 'trainable'>,
): void {
  const network = currentNetwork();
  const nodes = chosen();
  if (!network || nodes.length === 0) return;
  const on = !nodes.every(has);
  const edits = nodes.filter((node) => has(node) !== on).map((node): Edit => ({ type: 'setNode', node: node.id, properties: set(on) }));
  commitToNetwork(
    network.id,
    `${on ? words[0] : words[1]} ${namesOf(
      network,
      edits.map((edit) => (edit.type === 'setNode' ? edit.node : '')),
    )}`,
    edits,
  );
}

const isBypassed = (node: NetworkNode): boolean => node.bypassed === true;
const isFrozen = (node: NetworkNode): boolean => node.trainable === false;

export const propertyActions: readonly Action[] = [
  {
    id: 'layer.bypass',
    plain: 'Bypass the layer, or use it again',
    label: () => (chosen().every(isBypassed) ? 'Use the layer again' : 'Bypass the layer'),
    group: 'Network',
    shortcut: 'B',
    icon: Route,
    words: 'disable skip mute',
    when: () => chosen().length > 0,
    run: () => toggle(['bypass', 'use again'], isBypassed, (on) => ({ bypassed: on ? true : undefined })),
  },
  {
    id: 'layer.freeze',
    plain: 'Freeze the layer, or train it again',
    label: () => (chosen().every(isFrozen) ? 'Train the layer again' : 'Freeze the layer'),
    group: 'Network',
    shortcut: 'Shift+B',
    icon: Snowflake,
    words: 'trainable fixed lock weights',
    when: () => chosen().length > 0,
    run: () => toggle(['freeze', 'train again'], isFrozen, (on) => ({ trainable: on ? false : undefined })),
  },
];
