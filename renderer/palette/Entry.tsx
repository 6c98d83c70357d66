// One entry of the palette: a layer or a block, added by a click, dragged to its place.

import { Ban, Plus } from 'lucide-react';
import { type PointerEvent, type ReactNode, useRef } from 'react';
import type { Family } from '../../shared/layers/layer.ts';
import { addLayer } from '../actions/index.ts';
import { setDrag } from '../state/index.ts';
import { t } from '../text/text.ts';
import { cx } from '../ui/classes.ts';
import { FamilyGlyph, type GlyphName } from '../ui/FamilyGlyph.tsx';
import styles from './Palette.module.css';

/** A pointer that moves further than this, in pixels, drags. */
const threshold = 4;

/** Where a click would add, and what does not fit there. */
export interface Place {
  /** The layer that it would stand below; null: nothing is there yet. */
  readonly name: string | null;
  /** By kind, ready blocks among them. */
  readonly refusals: ReadonlyMap<string, string>;
}
/** A press adds, a drag carries the layer to the canvas, which takes it from there. */
function useLayerPress(kind: string) {
  const start = useRef<{ readonly x: number; readonly y: number; dragged: boolean } | null>(null);
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button === 0) start.current = { x: event.clientX, y: event.clientY, dragged: false };
      // The pointer belongs to the canvas once it has left the button.
      if ((event.target as Element).hasPointerCapture(event.pointerId)) (event.target as Element).releasePointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const from = start.current;
      if (!from || from.dragged || event.buttons === 0 || Math.hypot(event.clientX - from.x, event.clientY - from.y) < threshold) return;
      from.dragged = true;
      setDrag({ kind, x: event.clientX, y: event.clientY });
    },
    onPointerLeave: (event: PointerEvent) => {
      const from = start.current;
      if (!from || from.dragged || event.buttons === 0) return;
      from.dragged = true;
      setDrag({ kind, x: event.clientX, y: event.clientY });
    },
    onClick: () => {
      const dragged = start.current?.dragged ?? false;
      start.current = null;
      if (!dragged) addLayer(kind);
    },
  };
}

/** What an entry shows of a layer or a block. */
export interface Shown {
  readonly kind: string;
  readonly title: string;
  readonly help: string;
  /** Where the help is in another language than the page. */
  readonly lang?: string | undefined;
  readonly family: Family | 'block';
  readonly glyph: GlyphName | undefined;
}
interface EntryProps {
  readonly shown: Shown;
  /** Where a click adds it. */
  readonly place: Place;
  readonly label?: string;
  /** What else can be done with it, beside it. */
  readonly children?: ReactNode;
}

const titleOf = (help: string, { name }: Place): string =>
  `${help}\n\n${name === null ? t('Click to add, or drag to the canvas.') : t`Click to add below ${name}, or drag to the canvas.`}`;

/** The same for all: it is not drawn anew where only what fits has changed. */
const addSign = <Plus className={styles.add} aria-hidden />;
const misfitSign = <Ban className={styles.misfit} aria-hidden />;

export function Entry({ shown: { kind, title, help, lang, family, glyph }, place, label, children }: EntryProps) {
  const press = useLayerPress(kind);
  const refusal = place.refusals.get(kind);
  return (
    <li className={children === undefined ? undefined : styles.kept}>
      <button
        type="button"
        className={cx(styles.layer, refusal !== undefined && styles.faint)}
        {...press}
        title={refusal === undefined ? titleOf(help, place) : t`Does not fit below ${place.name}: ${t(refusal)}`}
        aria-label={label}
        lang={refusal === undefined ? lang : undefined}
        data-row
        data-kind={kind}
      >
        <FamilyGlyph family={family} glyph={glyph} size="small" />
        <span className={styles.title}>{title}</span>
        {refusal === undefined ? addSign : misfitSign}
      </button>
      {children}
    </li>
  );
}
