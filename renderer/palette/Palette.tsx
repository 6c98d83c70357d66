// The palette: all layers by family, found by typing, added by a click or dragged to their place.

import { ChevronRight, Plus, Search } from 'lucide-react';
import { type PointerEvent, useRef, useState } from 'react';
import type { AnyLayer } from '../../shared/layers/layer.ts';
import { lastNode } from '../../shared/network/compose.ts';
import { addLayer } from '../actions/index.ts';
import { setDrag, toggleFamily, useActiveNetwork, useSession } from '../state/index.ts';
import { cx } from '../ui/classes.ts';
import { FamilyGlyph, glyphOf } from '../ui/FamilyGlyph.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { TextField } from '../ui/TextField.tsx';
import { groups, type PaletteGroup } from './groups.ts';
import styles from './Palette.module.css';

/** A pointer that moves further than this, in pixels, drags. */
const threshold = 4;

function answers(layer: AnyLayer, query: string): boolean {
  return `${layer.title} ${layer.family} ${layer.synonyms?.join(' ') ?? ''}`.toLowerCase().includes(query.trim().toLowerCase());
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

function Entry({ layer, place }: { readonly layer: AnyLayer; readonly place: string }) {
  const press = useLayerPress(layer.id);
  return (
    <li>
      <button
        type="button"
        className={styles.layer}
        {...press}
        title={`${layer.help.text}\n\nClick to add${place}, or drag to the canvas.`}
        data-kind={layer.id}
      >
        <FamilyGlyph family={layer.family} glyph={glyphOf(layer.id)} size="small" />
        <span className={styles.title}>{layer.title}</span>
        <Plus className={styles.add} aria-hidden />
      </button>
    </li>
  );
}

interface GroupProps {
  readonly group: PaletteGroup;
  readonly found: readonly AnyLayer[];
  readonly searching: boolean;
  readonly place: string;
}

function Group({ group, found, searching, place }: GroupProps) {
  const { id, title, family, glyph } = group;
  const closed = useSession((state) => state.closedFamilies.includes(id)) && !searching;
  return (
    <section aria-label={title}>
      <button type="button" className={styles.family} aria-expanded={!closed} onClick={() => toggleFamily(id)}>
        <ChevronRight className={cx(styles.chevron, !closed && styles.open)} aria-hidden />
        {closed && <FamilyGlyph family={family} glyph={glyph} size="small" />}
        {title}
        <span className={styles.count}>{found.length}</span>
      </button>
      {!closed && (
        <ul>
          {found.map((layer) => (
            <Entry key={layer.id} layer={layer} place={place} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Where a click would add: ` below dense_1`. */
function usePlace(): string {
  const network = useActiveNetwork();
  const selected = useSession((state) => state.selection.nodes.at(-1));
  const below = network?.nodes.find((node) => node.id === selected) ?? (network && lastNode(network));
  return below ? ` below ${below.name}` : '';
}

export default function Palette() {
  const [query, setQuery] = useState('');
  const place = usePlace();
  const shown = groups.map((group) => ({ group, found: group.layers.filter((layer) => answers(layer, query)) })).filter(({ found }) => found.length > 0);
  return (
    <aside className={styles.palette} aria-label="Layers">
      <TextField
        className={styles.search}
        label="Search layers"
        labels="hidden"
        placeholder="Search layers"
        icon={<Search aria-hidden />}
        suffix={query === '' ? <KeyHint>/</KeyHint> : undefined}
        value={query}
        commit="each"
        onChange={setQuery}
        onKeyDown={(event) => {
          const first = shown[0]?.found[0];
          if (event.key === 'Enter' && query !== '' && first) addLayer(first.id);
          if (event.key === 'Escape') setQuery('');
        }}
      />
      <div className={styles.list}>
        {shown.map(({ group, found }) => (
          <Group key={group.id} group={group} found={found} searching={query !== ''} place={place} />
        ))}
        {shown.length === 0 && <p className={styles.nothing}>No layer is called “{query}”.</p>}
      </div>
    </aside>
  );
}
