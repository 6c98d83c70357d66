// The palette: all layers by family, found by typing, added by a click or dragged to their place.

import { ChevronRight, Plus, Search } from 'lucide-react';
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { layerOf } from '../../shared/layers/index.ts';
import type { AnyLayer } from '../../shared/layers/layer.ts';
import { type ReadyBlock, readyBlocks, readyKind } from '../../shared/network/blocks/index.ts';
import { lastNode } from '../../shared/network/compose.ts';
import type { Network } from '../../shared/network/network.ts';
import { addBlockPlace, addLayer, refusalOfReady } from '../actions/index.ts';
import { refusalsBehind, toggleFamily, useDatasetId, useDrawnNetwork, useSession } from '../state/index.ts';
import { langOf, t } from '../text/text.ts';
import { cx } from '../ui/classes.ts';
import { FamilyGlyph, glyphOf } from '../ui/FamilyGlyph.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { TextField } from '../ui/TextField.tsx';
import { useRoving } from '../ui/useRoving.ts';
import { Entry, type Place, type Shown } from './Entry.tsx';
import { groups, type PaletteGroup } from './groups.ts';
import { MyBlocks } from './MyBlocks.tsx';
import styles from './Palette.module.css';

/** Found by its name, Keras' and ours, by its family and by other words for it. */
function answers(layer: AnyLayer, query: string): boolean {
  const words = [layer.title, layer.id, layer.keras?.className ?? '', layer.family, ...(layer.synonyms ?? [])];
  return words.join(' ').toLowerCase().includes(query.trim().toLowerCase());
}

/** A ready block is found as a layer is. */
const answersReady = ({ title, synonyms }: ReadyBlock, query: string): boolean =>
  [title, 'Blocks', ...synonyms].join(' ').toLowerCase().includes(query.trim().toLowerCase());

const shownLayer = (layer: AnyLayer): Shown => ({
  kind: layer.id,
  title: layer.title,
  help: t(layer.help.text),
  lang: langOf(layer.help.text),
  family: layer.family,
  glyph: glyphOf(layer),
});
const shownReady = (ready: ReadyBlock): Shown => ({ kind: readyKind(ready), title: t(ready.title), help: t(ready.about), family: 'block', glyph: undefined });

interface GroupProps {
  readonly group: PaletteGroup;
  readonly found: readonly AnyLayer[];
  readonly searching: boolean;
  readonly place: Place;
}

const Group = memo(function Group({ group, found, searching, place }: GroupProps) {
  const { id, family, glyph } = group;
  const title = t(group.title);
  const closed = useSession((state) => state.closedFamilies.includes(id)) && !searching;
  return (
    <section aria-label={title}>
      <button type="button" data-row className={styles.family} aria-expanded={!closed} onClick={() => toggleFamily(id)}>
        <ChevronRight className={cx(styles.chevron, !closed && styles.open)} aria-hidden />
        {closed && <FamilyGlyph family={family} glyph={glyph} size="small" />}
        {title}
        <span className={styles.count}>{found.length}</span>
      </button>
      {!closed && (
        <ul>
          {found.map((layer) => (
            <Entry key={layer.id} shown={shownLayer(layer)} place={place} />
          ))}
        </ul>
      )}
    </section>
  );
});

/** The last place that was worked out: given again while nothing of it changes, so that no entry is drawn anew. */
let lastPlace: Place = { name: null, refusals: new Map() };
function placeOf(name: string | null, refusals: readonly (readonly [string, string])[]): Place {
  const same = lastPlace.name === name && lastPlace.refusals.size === refusals.length && refusals.every(([kind, why]) => lastPlace.refusals.get(kind) === why);
  if (!same) lastPlace = { name, refusals: new Map(refusals) };
  return lastPlace;
}

const blocksRefused = (network: Network, from: string): readonly (readonly [string, string])[] =>
  readyBlocks.flatMap((ready) => {
    const refusal = refusalOfReady(network, ready, from);
    return refusal === null ? [] : [[readyKind(ready), refusal] as const];
  });

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
    return shown && node ? placeOf(node.name, [...refusalsBehind(shown, node.id), ...blocksRefused(shown, node.id)]) : placeOf(null, []);
  }, [shown, below, dataset]);
}

/** The blocks of the network: a press puts another place of one below the selected layer. */
function OwnBlocks() {
  const blocks = useDrawnNetwork()?.blocks ?? [];
  if (blocks.length === 0) return null;
  return (
    <>
      <p className={styles.heading}>{t('Blocks of this network')}</p>
      <ul>
        {blocks.map(({ id, name, nodes }) => (
          <li key={id}>
            <button
              type="button"
              data-row
              className={styles.layer}
              title={t`${nodes.length} layers. Click to add another place of it.`}
              onClick={() => addBlockPlace(id)}
            >
              <FamilyGlyph family="block" size="small" />
              <span className={styles.title}>{name}</span>
              <Plus className={styles.add} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface BlocksProps {
  readonly found: readonly ReadyBlock[];
  readonly searching: boolean;
  readonly place: Place;
}

/** The ready blocks that were found, and the network's own while nothing is searched. */
const Blocks = memo(function Blocks({ found, searching, place }: BlocksProps) {
  const closed = useSession((state) => state.closedFamilies.includes('blocks')) && !searching;
  if (found.length === 0) return null;
  return (
    <section aria-label={t('Blocks')}>
      <button type="button" data-row className={styles.family} aria-expanded={!closed} onClick={() => toggleFamily('blocks')}>
        <ChevronRight className={cx(styles.chevron, !closed && styles.open)} aria-hidden />
        {closed && <FamilyGlyph family="block" size="small" />}
        {t('Blocks')}
        <span className={styles.count}>{found.length}</span>
      </button>
      {!closed && (
        <ul>
          {found.map((ready) => (
            <Entry key={ready.id} shown={shownReady(ready)} place={place} />
          ))}
        </ul>
      )}
      {!searching && <OwnBlocks />}
    </section>
  );
});

/** The layers used last, above the families. */
const Recent = memo(function Recent({ place }: { readonly place: Place }) {
  const recent = useSession((state) => state.recentLayers);
  const known = recent.flatMap((id) => layerOf(id) ?? []);
  if (known.length === 0) return null;
  return (
    <section aria-label={t('Recently used')}>
      <p className={styles.heading}>{t('Recently used')}</p>
      <ul>
        {known.map((layer) => (
          <Entry key={layer.id} shown={shownLayer(layer)} place={place} label={t`${layer.title}, recently used`} />
        ))}
      </ul>
    </section>
  );
});

const foundIn = (query: string) =>
  groups.map((group) => ({ group, found: group.layers.filter((layer) => answers(layer, query)) })).filter(({ found }) => found.length > 0);

/** @param family the group to begin at */
export default function Palette({ family }: { readonly family?: string | null }) {
  const [query, setQuery] = useState('');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const title = groups.find(({ id }) => id === family)?.title;
    if (title) list.current?.querySelector(`[aria-label="${t(title)}"]`)?.scrollIntoView({ block: 'start' });
  }, [family]);
  const onRowKey = useRoving(list);
  const place = usePlace();
  const shown = useMemo(() => foundIn(query), [query]);
  const ready = useMemo(() => readyBlocks.filter((block) => answersReady(block, query)), [query]);
  return (
    <aside className={styles.palette} aria-label={t('Layers')}>
      <TextField
        className={styles.search}
        label={t('Search layers')}
        labels="hidden"
        placeholder={t('Search layers')}
        icon={<Search aria-hidden />}
        suffix={query === '' ? <KeyHint>/</KeyHint> : undefined}
        value={query}
        commit="each"
        onChange={setQuery}
        onKeyDown={(event) => {
          const first = shown[0]?.found[0]?.id ?? (ready[0] && readyKind(ready[0]));
          if (event.key === 'Enter' && query !== '' && first !== undefined) addLayer(first);
          if (event.key === 'Escape') setQuery('');
          if (event.key === 'ArrowDown') list.current?.querySelector<HTMLElement>('[data-row]')?.focus();
        }}
      />
      <div className={styles.list} ref={list} role="toolbar" aria-label={t('All layers')} aria-orientation="vertical" onKeyDown={onRowKey}>
        {query === '' && <Recent place={place} />}
        <MyBlocks query={query} place={place} />
        {shown.map(({ group, found }) => (
          <Group key={group.id} group={group} found={found} searching={query !== ''} place={place} />
        ))}
        <Blocks found={ready} searching={query !== ''} place={place} />
        {shown.length + ready.length === 0 && <p className={styles.nothing}>{t`No layer is called “${query}”.`}</p>}
      </div>
    </aside>
  );
}
