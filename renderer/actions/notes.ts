// Comments and frames: words beside the network. A frame carries the layers that stand in it.

import { MessageSquareText, Frame } from 'lucide-react';
import type { Edit } from '../../shared/network/edits.ts';
import { nodeSize, snap } from '../../shared/network/layout.ts';
import type { Network, NetworkNote } from '../../shared/network/network.ts';
import { canvasPort, commitToNetwork, currentNetwork, type Point, select, setEditingNote, useSession } from '../state/index.ts';
import type { Action } from './action.ts';

const inDesign = () => useSession.getState().view === 'design';
const wordOf = ({ kind }: NetworkNote): string => (kind === 'frame' ? 'a frame' : 'a comment');

/** The edit that makes these the network's notes; none at all leaves no trace. */
export const setNotes = (notes: readonly NetworkNote[]): Edit => ({
  type: 'setNetwork',
  properties: { notes: notes.length === 0 ? undefined : [...notes] },
});

/** Changes one note; typing folds into one step. */
export function changeNote(id: string, change: Partial<Pick<NetworkNote, 'text' | 'position' | 'size'>>, label: string): void {
  const network = currentNetwork();
  const notes = network?.notes ?? [];
  if (!network || !notes.some((note) => note.id === id)) return;
  commitToNetwork(network.id, label, [setNotes(notes.map((note) => (note.id === id ? { ...note, ...change } : note)))], {
    fold: 'text' in change ? `note/${id}` : undefined,
  });
}

/** The notes without these. */
export const withoutNotes = (network: Network, ids: readonly string[]): readonly Edit[] =>
  ids.length === 0 ? [] : [setNotes((network.notes ?? []).filter((note) => !ids.includes(note.id)))];

function freeId(network: Network): string {
  const taken = new Set((network.notes ?? []).map(({ id }) => id));
  let number = taken.size + 1;
  while (taken.has(`note${number}`)) number++;
  return `note${number}`;
}

function addNote(note: (network: Network) => Omit<NetworkNote, 'id'>): void {
  const network = currentNetwork();
  if (!network) return;
  const added = { id: freeId(network), ...note(network) };
  commitToNetwork(network.id, `add ${wordOf(added)}`, [setNotes([...(network.notes ?? []), added])]);
  select([], [], [added.id]);
  setEditingNote(added.id);
}

const snapped = ({ x, y }: Point): Point => ({ x: snap(x), y: snap(y) });
/** Room between a frame and the layers in it; above them, also for its title. */
const inset = 20;
const titleRoom = 20;

/** Around the selected layers; without any, at the pointer. */
function frameFor(network: Network): Omit<NetworkNote, 'id'> {
  const { nodes } = useSession.getState().selection;
  const places = network.nodes.filter(({ id }) => nodes.includes(id)).map(({ position }) => position);
  if (places.length === 0) {
    const at = snapped(canvasPort()?.place().canvas ?? { x: 0, y: 0 });
    return { kind: 'frame', text: 'Frame', position: at, size: { width: 320, height: 240 } };
  }
  const [left, top] = [Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))];
  const [right, bottom] = [Math.max(...places.map(({ x }) => x)) + nodeSize.width, Math.max(...places.map(({ y }) => y)) + nodeSize.height];
  return {
    kind: 'frame',
    text: 'Frame',
    position: { x: left - inset, y: top - titleRoom },
    size: { width: right - left + 2 * inset, height: bottom - top + inset + titleRoom },
  };
}

export const noteActions: readonly Action[] = [
  {
    id: 'note.comment',
    label: 'Add a comment',
    group: 'Network',
    shortcut: 'N',
    icon: MessageSquareText,
    words: 'note text annotation',
    when: inDesign,
    run: () =>
      addNote(() => ({ kind: 'comment', text: '', position: snapped(canvasPort()?.place().canvas ?? { x: 0, y: 0 }), size: { width: 200, height: 80 } })),
  },
  {
    id: 'note.frame',
    plain: 'Put a frame around layers',
    label: () => (useSession.getState().selection.nodes.length > 0 ? 'Put a frame around the selection' : 'Add a frame'),
    group: 'Network',
    shortcut: 'F',
    icon: Frame,
    words: 'group section box',
    when: inDesign,
    run: () => addNote(frameFor),
  },
  {
    id: 'note.edit',
    label: 'Edit the text',
    group: 'Network',
    shortcut: 'F2',
    mode: 'note',
    unlisted: true,
    hidden: true,
    when: () => inDesign() && useSession.getState().selection.notes.length === 1,
    run: () => setEditingNote(useSession.getState().selection.notes[0] ?? null),
  },
];
