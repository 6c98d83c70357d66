// A layer's activation on its card: a picture, made when its numbers change. Not a canvas, which the browser would keep as a layer of its own
// and move by itself: with a hundred of them, a pan fell to half its frames.

import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Activation } from '../state/index.ts';
import { drawShades } from '../ui/shades.ts';
import { useShownTheme } from '../ui/tokens.ts';
import styles from './LayerCard.module.css';
import { type Strip, stripOf } from './strip.ts';

/** All strips are drawn here, one after another. */
let sheet: HTMLCanvasElement | null = null;
function addressOf(strip: Strip, place: HTMLElement): string {
  sheet ??= document.createElement('canvas');
  Object.assign(sheet, { width: strip.columns, height: strip.rows });
  drawShades(sheet, strip, place);
  return sheet.toDataURL();
}

/** What it says stands in the sample's panel, in words. */
export function StripPicture({ activation: { shape, values } }: { readonly activation: Activation }) {
  const picture = useRef<HTMLImageElement>(null);
  const theme = useShownTheme();
  const strip = useMemo(() => stripOf(shape, values), [shape, values]);
  const [address, setAddress] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme means another ink
  useLayoutEffect(() => {
    if (picture.current) setAddress(addressOf(strip, picture.current));
  }, [strip, theme]);
  return (
    <img
      ref={picture}
      className={styles.strip}
      style={{ maxWidth: strip.widest ?? undefined }}
      data-keeps={strip.keeps || undefined}
      src={address}
      alt=""
      draggable={false}
    />
  );
}
