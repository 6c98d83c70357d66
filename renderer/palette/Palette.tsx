// The palette: all layers by family, found by typing, added by a click or dragged to their place.

import { ChevronRight, Plus, Search } from 'lucide-react';
import { type PointerEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { layerOf } from '../../shared/layers/index.ts';
import type { AnyLayer } from '../../shared/layers/layer.ts';
import { lastNode } from '../../shared/network/compose.ts';
import { addBlockPlace, addLayer } from '../actions/index.ts';
import { refusalsBehind, setDrag, toggleFamily, useDatasetId, useDrawnNetwork, useSession } from '../state/index.ts';
import { cx } from '../ui/classes.ts';
import { FamilyGlyph, glyphOf } from '../ui/FamilyGlyph.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { TextField } from '../ui/TextField.tsx';
import { groups, type PaletteGroup } from './groups.ts';
import styles from './Palette.module.css';

/** A pointer that moves further than this, in pixels, drags. */
const threshold = 4;

/** Found by its name, Keras' and ours, by its family and by other words for it. */
function answers(layer: AnyLayer, query: string): boolean {
  const words = [layer.title, layer.id, layer.keras?.className ?? '', layer.family, ...(layer.synonyms ?? [])];
  return words.join(' ').toLowerCase().includes(query.trim().toLowerCase());
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

interface EntryProps {
  readonly layer: AnyLayer;
  /** Where a click adds it. */
  readonly place: Place;
  readonly label?: string;
}

function Entry({ layer, place, label }: EntryProps) {
  const press = useLayerPress(layer.id);
  const refusal = place.refusals.get(layer.id);
  return (
    <li>
      <button
        type="button"
        className={cx(styles.layer, refusal !== undefined && styles.faint)}
        {...press}
        title={refusal === undefined ? `${layer.help.text}\n\nClick to add${place.words}, or drag to the canvas.` : `Does not fit${place.words}: ${refusal}`}
        aria-label={label}
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
  readonly place: Place;
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

/** Where a click would add: ` below dense_1`, and what does not fit there. */
interface Place {
  readonly words: string;
  readonly refusals: ReadonlyMap<string, string>;
}
const anywhere: ReadonlyMap<string, string> = new Map();

function usePlace(): Place {
  const network = useDrawnNetwork();
  const selected = useSession((state) => state.selection.nodes.at(-1));
  // The palette may come a moment after the canvas: what fits is worked out when there is time.
  const shown = useDeferredValue(network);
  const below = useDeferredValue(selected);
  const dataset = useDatasetId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what fits depends on the dataset too
  return useMemo(() => {
    const node = shown?.nodes.find(({ id }) => id === below) ?? (shown && lastNode(shown));
    if (!shown || !node) return { words: '', refusals: anywhere };
    return { words: ` below ${node.name}`, refusals: refusalsBehind(shown, node.id) };
  }, [shown, below, dataset]);
}

/** The blocks of the network: a press puts another place of one below the selected layer. */
function Blocks() {
  const blocks = useDrawnNetwork()?.blocks ?? [];
  if (blocks.length === 0) return null;
  return (
    <section aria-label="Blocks">
      <p className={styles.heading}>Blocks of this network</p>
      <ul>
        {blocks.map(({ id, name, nodes }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.layer}
              title={`${nodes.length} layers. Click to add another place of it.`}
              onClick={() => addBlockPlace(id)}
            >
              <FamilyGlyph family="block" size="small" />
              <span className={styles.title}>{name}</span>
              <Plus className={styles.add} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The layers used last, above the families. */
function Recent({ place }: { readonly place: Place }) {
  const recent = useSession((state) => state.recentLayers);
  const known = recent.flatMap((id) => layerOf(id) ?? []);
  if (known.length === 0) return null;
  return (
    <section aria-label="Recently used">
      <p className={styles.heading}>Recently used</p>
      <ul>
        {known.map((layer) => (
          <Entry key={layer.id} layer={layer} place={place} label={`${layer.title}, recently used`} />
        ))}
      </ul>
    </section>
  );
}

/** @param family the group to begin at */
export default function Palette({ family }: { readonly family?: string | null }) {
  const [query, setQuery] = useState('');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const title = groups.find(({ id }) => id === family)?.title;
    if (title) list.current?.querySelector(`[aria-label="${title}"]`)?.scrollIntoView({ block: 'start' });
  }, [family]);
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
      <div className={styles.list} ref={list}>
        {query === '' && <Recent place={place} />}
        {shown.map(({ group, found }) => (
          <Group key={group.id} group={group} found={found} searching={query !== ''} place={place} />
        ))}
        {query === '' && <Blocks />}
        {shown.length === 0 && <p className={styles.nothing}>No layer is called “{query}”.</p>}
      </div>
    </aside>
  );
}
