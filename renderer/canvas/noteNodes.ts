// The document's comments and frames as React Flow draws them. Frames lie behind everything.

import type { Node } from '@xyflow/react';
import type { NetworkNote } from '../../shared/network/network.ts';
import { t } from '../text/text.ts';
import type { Level } from './scene.ts';

export interface NoteData extends Record<string, unknown> {
  /** Its id in the document, and the level it stands in. */
  readonly note: string;
  readonly level: string;
  readonly kind: NetworkNote['kind'];
  readonly text: string;
}
export type NoteNode = Node<NoteData, 'note'>;

function noteNode(level: Level, note: NetworkNote, selected: boolean): NoteNode {
  const { position, size } = drawnNote(level, note);
  return {
    id: level.idOf(note.id),
    type: 'note',
    position,
    ...size,
    measured: size,
    data: { note: note.id, level: level.open.key, kind: note.kind, text: note.text },
    selected,
    zIndex: note.kind === 'frame' ? -2 : 0,
    connectable: false,
    ariaRole: 'group',
    ariaLabel: note.kind === 'frame' ? t`Frame: ${note.text}` : t`Comment: ${note.text}`,
    domAttributes: { 'aria-roledescription': t(note.kind) },
  };
}

/** A frame grows with what it is around; a comment keeps its size. */
function drawnNote(level: Level, { kind, position, size }: NetworkNote): Pick<NetworkNote, 'position' | 'size'> {
  const corner = level.drawn(position);
  if (kind !== 'frame' || level.frames.size === 0) return { position: corner, size };
  const end = level.drawn({ x: position.x + size.width, y: position.y + size.height });
  return { position: corner, size: { width: end.x - corner.x, height: end.y - corner.y } };
}

/** The notes of a level to draw; those that look as before are the same objects as before. */
export function toNoteNodes(level: Level, selected: readonly string[], before: ReadonlyMap<string, NoteNode>): NoteNode[] {
  return (level.open.network.notes ?? []).map((note) => {
    const fresh = noteNode(level, note, selected.includes(note.id));
    const old = before.get(fresh.id);
    return old && JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh;
  });
}
