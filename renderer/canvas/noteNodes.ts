// The document's comments and frames as React Flow draws them. Frames lie behind everything.

import type { Node } from '@xyflow/react';
import type { Network, NetworkNote } from '../../shared/network/network.ts';
import { t } from '../text/text.ts';

export interface NoteData extends Record<string, unknown> {
  readonly kind: NetworkNote['kind'];
  readonly text: string;
}
export type NoteNode = Node<NoteData, 'note'>;

function noteNode(note: NetworkNote, selected: boolean): NoteNode {
  return {
    id: note.id,
    type: 'note',
    position: note.position,
    ...note.size,
    measured: note.size,
    data: { kind: note.kind, text: note.text },
    selected,
    zIndex: note.kind === 'frame' ? -2 : 0,
    connectable: false,
    ariaRole: 'group',
    ariaLabel: note.kind === 'frame' ? t`Frame: ${note.text}` : t`Comment: ${note.text}`,
    domAttributes: { 'aria-roledescription': t(note.kind) },
  };
}

/** The notes to draw; those that look as before are the same objects as before. */
export function toNoteNodes(network: Network, selected: readonly string[], before: ReadonlyMap<string, NoteNode>): NoteNode[] {
  return (network.notes ?? []).map((note) => {
    const fresh = noteNode(note, selected.includes(note.id));
    const old = before.get(note.id);
    return old && JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh;
  });
}
