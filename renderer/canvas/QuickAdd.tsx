// The list of layers that opens at the pointer: type, Enter, and the layer is there.

import { useMemo } from 'react';
import { families, layers } from '../../shared/layers/index.ts';
import type { AnyLayer } from '../../shared/layers/layer.ts';
import { addLayerAt } from '../actions/index.ts';
import { currentNetwork, type QuickAdd as QuickAddPlace, setOverlay, useSession } from '../state/index.ts';
import { GlyphIcon, glyphOf } from '../ui/FamilyGlyph.tsx';
import { SearchList, type SearchItem } from '../ui/SearchList.tsx';
import styles from './QuickAdd.module.css';

const width = 244;
const height = 320;

function iconOf(layer: AnyLayer) {
  return (
    <span data-family={layer.family} className={styles.glyph}>
      <GlyphIcon name={glyphOf(layer.id) ?? layer.family} />
    </span>
  );
}

function layerItems(takesInput: boolean): readonly SearchItem[] {
  return families.flatMap((family) =>
    family.layers.flatMap((id) => {
      const layer: AnyLayer = layers[id];
      if (takesInput && layer.inputs === 0) return [];
      return [{ id, title: layer.title, group: family.title, words: layer.synonyms?.join(' '), icon: iconOf(layer) }];
    }),
  );
}

function List({ place }: { readonly place: QuickAddPlace }) {
  const items = useMemo(() => layerItems(place.from !== null), [place.from]);
  const from = currentNetwork()?.nodes.find((node) => node.id === place.from);
  const left = Math.max(8, Math.min(place.screen.x, window.innerWidth - width - 8));
  const top = Math.max(8, Math.min(place.screen.y, window.innerHeight - height - 8));
  const close = () => setOverlay(null);
  return (
    <>
      <div className={styles.outside} onPointerDown={close} />
      <div className={styles.list} role="dialog" aria-label="Add a layer" style={{ left, top, width, maxHeight: height }}>
        <SearchList
          label={from ? `Add after ${from.name}` : 'Add a layer'}
          placeholder={from ? `Add after ${from.name}` : 'Add a layer'}
          items={items}
          nothing="No layer of that name"
          onClose={close}
          onChoose={(kind) => {
            close();
            addLayerAt(kind, place.canvas, place.from);
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
