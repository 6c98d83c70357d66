// The list of layers that opens at the pointer, or below a layer: type, add settings if you like (`conv 32 3 relu`), Enter.
// What most likely comes next stands first; what does not fit stands last, with the reason.

import { useCallback, useMemo } from 'react';
import { likelyNext } from '../../shared/compile/problems/suggest.ts';
import { families, layerOf, layers } from '../../shared/layers/index.ts';
import type { AnyLayer } from '../../shared/layers/layer.ts';
import { defaults } from '../../shared/lib/fields.ts';
import { type ReadyBlock, readyBlockOf, readyBlocks, readyKind } from '../../shared/network/blocks/index.ts';
import type { Network } from '../../shared/network/network.ts';
import { readPhrase } from '../../shared/network/phrase.ts';
import { type SavedBlock, savedKind } from '../../shared/network/savedBlocks.ts';
import { addLayer, addLayerAt, refusalOfReady } from '../actions/index.ts';
import {
  canvasPort,
  currentAnalysis,
  currentNetwork,
  type QuickAdd as QuickAddPlace,
  refusalsBehind,
  setOverlay,
  useActiveDataset,
  useLibraryBlocks,
  useSession,
} from '../state/index.ts';
import { t } from '../text/text.ts';
import { GlyphIcon, glyphOf } from '../ui/FamilyGlyph.tsx';
import { grouped } from '../ui/format.ts';
import { type SearchItem, SearchList } from '../ui/SearchList.tsx';
import styles from './QuickAdd.module.css';

const width = 268;
const height = 348;

function itemOf(layer: AnyLayer, group: string, refusal: string | undefined): SearchItem {
  return {
    id: layer.id,
    title: layer.title,
    group: refusal === undefined ? group : t('Does not fit here'),
    words: [layer.id, layer.keras?.className ?? '', ...(layer.synonyms ?? [])].join(' '),
    faint: refusal !== undefined,
    icon: (
      <span data-family={layer.family} className={styles.glyph}>
        <GlyphIcon name={glyphOf(layer) ?? layer.family} />
      </span>
    ),
  };
}

const blockIcon = (
  <span data-family="block" className={styles.glyph}>
    <GlyphIcon name="block" />
  </span>
);

/** The ready blocks, as the layers. */
const readyItem = (ready: ReadyBlock, refusal: string | null): SearchItem => ({
  id: readyKind(ready),
  title: t(ready.title),
  group: refusal === null ? t('Blocks') : t('Does not fit here'),
  words: ['block', ...ready.synonyms].join(' '),
  faint: refusal !== null,
  icon: blockIcon,
});
/** Those that the person keeps. */
const keptItem = (saved: SavedBlock): SearchItem => ({
  id: savedKind(saved),
  title: saved.name,
  group: t('My blocks'),
  words: 'block my blocks',
  icon: blockIcon,
});

/** All layers by family, the ones that do not fit at the end. */
function layerItems(refusals: ReadonlyMap<string, string>, likely: ReadonlySet<string>, ready: readonly SearchItem[]): readonly SearchItem[] {
  const found = families.flatMap((family) => family.layers.map((id) => ({ ...itemOf(layers[id], t(family.title), refusals.get(id)), likely: likely.has(id) })));
  const all = [...found, ...ready];
  return [...all.filter((item) => !item.faint), ...all.filter((item) => item.faint)];
}

interface Choices {
  readonly items: readonly SearchItem[];
  readonly first: readonly SearchItem[];
  readonly refusals: ReadonlyMap<string, string>;
  /** What the likely layer would be set to. */
  readonly likely: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
const none: ReadonlyMap<string, string> = new Map();

function useChoices(network: Network | null, from: string | null): Choices {
  const dataset = useActiveDataset();
  const recent = useSession((state) => state.recentLayers);
  const kept = useLibraryBlocks();
  return useMemo(() => {
    const refusals = network && from !== null ? refusalsBehind(network, from) : none;
    const next = network && from !== null ? likelyNext(network, currentAnalysis(network), from, dataset) : null;
    const usable = recent.filter((id) => !refusals.has(id) && id !== next?.kind);
    const top = (id: string, prefix: string, group: string): SearchItem[] => {
      const layer = layerOf(id);
      return layer ? [{ ...itemOf(layer, group, undefined), id: `${prefix}${id}` }] : [];
    };
    const first = [...(next ? top(next.kind, 'likely/', t('Likely next')) : []), ...usable.flatMap((id) => top(id, 'recent/', t('Recently used')))];
    const usual = new Set([...(next ? [next.kind] : []), ...usable]);
    const ready = readyBlocks.map((block) => readyItem(block, network && refusalOfReady(network, block, from)));
    return {
      items: layerItems(refusals, usual, [...kept.map(keptItem), ...ready]),
      first,
      refusals,
      likely: next ? { [`likely/${next.kind}`]: next.parameters } : {},
    };
  }, [network, from, dataset, recent, kept]);
}

const kindOf = (id: string): string => id.slice(id.indexOf('/') + 1);

function List({ place }: { readonly place: QuickAddPlace }) {
  const network = currentNetwork();
  const { items, first, refusals, likely } = useChoices(network, place.from);
  const from = network?.nodes.find((node) => node.id === place.from);
  const left = Math.max(8, Math.min(place.screen.x, window.innerWidth - width - 8));
  const top = Math.max(8, Math.min(place.screen.y, window.innerHeight - height - 8));
  const close = () => setOverlay(null);
  const label = from ? t`Add after ${from.name}` : t('Add a layer');
  const settings = useCallback(
    (id: string, rest: readonly string[]) => {
      const layer = layerOf(kindOf(id));
      const phrase = layer ? readPhrase(layer, rest) : { parameters: {}, unknown: rest };
      return { layer, parameters: { ...likely[id], ...phrase.parameters }, unknown: phrase.unknown };
    },
    [likely],
  );
  const about = useCallback(
    (id: string, rest: readonly string[]) => {
      const { layer, parameters, unknown } = settings(id, rest);
      const ready = readyBlockOf(id);
      if (ready) return t((network && refusalOfReady(network, ready, place.from)) ?? ready.about);
      if (!layer) return null;
      if (unknown.length > 0) return t`${layer.title} has no setting for “${unknown.join(' ')}”.`;
      const refusal = refusals.get(layer.id);
      if (refusal !== undefined) return t(refusal);
      return (
        <>
          <b>{layer.title}</b> {grouped(t(layer.describe({ ...defaults(layer.fields), ...parameters })))}
        </>
      );
    },
    [settings, refusals, network, place.from],
  );
  return (
    <>
      <div className={styles.outside} onPointerDown={close} />
      <div className={styles.list} role="dialog" aria-label={t('Add a layer')} style={{ left, top, width, maxHeight: height }}>
        <SearchList
          label={label}
          placeholder={t`${label}: dense 64 relu`}
          items={items}
          first={first}
          about={about}
          nothing={t('No layer of that name')}
          onClose={close}
          onChoose={(id, rest) => {
            close();
            const { parameters } = settings(id, rest);
            if (place.canvas) {
              addLayerAt(kindOf(id), place.canvas, place.from, parameters);
              const [added] = useSession.getState().selection.nodes;
              // A branch begun by keyboard may stand outside.
              if (added !== undefined) canvasPort()?.reveal(added);
            } else addLayer(kindOf(id), place.from, parameters);
          }}
        />
      </div>
    </>
  );
}

export function QuickAdd() {
  const isOpen = useSession((state) => state.overlay === 'quickAdd');
  const place = useSession((state) => state.quickAdd);
  return isOpen && place ? <List key={`${place.screen.x}/${place.screen.y}`} place={place} /> : null;
}
