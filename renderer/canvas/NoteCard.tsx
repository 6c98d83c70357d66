// Words on the canvas: a comment beside the network, or a frame behind layers with its title. Written in place, sized at the edges.

import { type NodeProps, NodeResizer } from '@xyflow/react';
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import type { NetworkNote } from '../../shared/network/network.ts';
import { changeNote } from '../actions/index.ts';
import { endGesture, setEditingNote, useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import { cx } from '../ui/classes.ts';
import type { NoteNode } from './noteNodes.ts';
import { sceneNow } from './gesture.ts';
import styles from './NoteCard.module.css';
import type { Box } from './scene.ts';

const wordOf = (kind: 'comment' | 'frame') => (kind === 'frame' ? 'frame' : 'comment');

function Writing({ data }: { readonly data: NoteNode['data'] }) {
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
      onChange={(event) => changeNote(data.note, { text: event.target.value }, `write a ${wordOf(data.kind)}`)}
      onBlur={end}
      onKeyDown={onKeyDown}
    />
  );
}

/** What a box of the drawing means for the document. */
function placeOf(id: string, { x, y, width, height }: Box): Pick<NetworkNote, 'position' | 'size'> {
  const { level } = sceneNow().find(id);
  const [position, end] = [level.document({ x, y }), level.document({ x: x + width, y: y + height })];
  return { position, size: { width: Math.round(end.x - position.x), height: Math.round(end.y - position.y) } };
}

/** One comment or frame of the canvas. */
export const NoteCard = memo(function NoteCard({ id, data, selected }: NodeProps<NoteNode>) {
  const isWritten = useSession((state) => state.editingNote === data.note) && selected;
  return (
    <div className={cx(styles.note, data.kind === 'frame' ? styles.frame : styles.comment, selected && styles.selected)} data-testid={`note-${data.note}`}>
      <NodeResizer
        isVisible={selected && !isWritten}
        minWidth={100}
        minHeight={40}
        lineClassName={styles.line}
        handleClassName={styles.handle}
        onResizeEnd={(_, box) => changeNote(data.note, placeOf(id, box), `resize a ${wordOf(data.kind)}`)}
      />
      {isWritten ? (
        <Writing data={data} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: F2 and Enter do the same from the keyboard
        <div className={styles.text} onDoubleClick={() => setEditingNote(data.note)}>
          {data.text === '' ? <span className={styles.empty}>{t('Double click to write')}</span> : data.text}
        </div>
      )}
    </div>
  );
});
