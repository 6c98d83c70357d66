// The card that follows the pointer while a layer is dragged from the palette: beside it, so that the connection it would go into is seen.

import { createPortal } from 'react-dom';
import { layerOf } from '../../shared/layers/index.ts';
import { readyBlockOf } from '../../shared/network/blocks/index.ts';
import { savedOf } from '../../shared/network/savedBlocks.ts';
import { libraryBlocks, useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import { FamilyGlyph, glyphOf } from '../ui/FamilyGlyph.tsx';
import styles from './Canvas.module.css';

export function DropGhost() {
  const drag = useSession((state) => state.drag);
  const layer = drag && layerOf(drag.kind);
  const ready = drag && readyBlockOf(drag.kind);
  const kept = drag && savedOf(drag.kind, libraryBlocks());
  if (!drag || !(layer ?? ready ?? kept)) return null;
  return createPortal(
    <div className={styles.ghost} style={{ transform: `translate(${drag.x}px, ${drag.y}px) translate(14px, -50%)` }}>
      <FamilyGlyph family={layer?.family ?? 'block'} glyph={glyphOf(layer)} />
      {layer?.title ?? kept?.name ?? (ready && t(ready.title))}
    </div>,
    document.body,
  );
}
