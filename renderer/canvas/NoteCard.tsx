// Words on the canvas: a comment beside the network, or a frame behind layers with its title. Written in place, sized at the edges.

import { type NodeProps, NodeResizer } from '@xyflow/react';
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { changeNote } from '../actions/index.ts';
import { endGesture, setEditingNote, useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import { cx } from '../ui/classes.ts';
import type { NoteNode } from './noteNodes.ts';
import styles from './NoteCard.module.css';

const wordOf = (kind: 'comment' | 'frame') => (kind === 'frame' ? 'frame' : 'comment');

function Writing({ id, data }: { readonly id: string; readonly data: NoteNode['data'] }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const end = () => {
    endGesture();
    setEditingNote(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A frame's title is one line; a comment is left with Escape or Ctrl Enter.
    if (event.key !== 'Escape' && !(event.key === 'Enter' && (data.kind === 'frame' || event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    event.stopPropagation();
    end();
  };
  return (
    <textarea
      ref={field}
      className={cx(styles.field, 'nodrag', 'nowheel')}
      aria-label={t(`Text of the ${wordOf(data.kind)}`)}
      value={data.text}
      maxLength={4000}
      onChange={(event) => changeNote(id, { text: event.target.value }, `write a ${wordOf(data.kind)}`)}
      onBlur={end}
      onKeyDown={onKeyDown}
    />
  );
}

/** One comment or frame of the canvas. */
export const NoteCard = memo(function NoteCard({ id, data, selected }: NodeProps<NoteNode>) {
  const isWritten = useSession((state) => state.editingNote === id);
  return (
    <div className={cx(styles.note, data.kind === 'frame' ? styles.frame : styles.comment, selected && styles.selected)} data-testid={`note-${id}`}>
      <NodeResizer
        isVisible={selected && !isWritten}
        minWidth={100}
        minHeight={40}
        lineClassName={styles.line}
        handleClassName={styles.handle}
        onResizeEnd={(_, { x, y, width, height }) =>
          changeNote(id, { position: { x, y }, size: { width: Math.round(width), height: Math.round(height) } }, `resize a ${wordOf(data.kind)}`)
        }
      />
      {isWritten ? (
        <Writing id={id} data={data} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: F2 and Enter do the same from the keyboard
        <div className={styles.text} onDoubleClick={() => setEditingNote(id)}>
          {data.text === '' ? <span className={styles.empty}>{t('Double click to write')}</span> : data.text}
        </div>
      )}
    </div>
  );
});
