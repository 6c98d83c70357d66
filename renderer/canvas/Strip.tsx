// A layer's activation on its card. Drawn when its numbers change, never while the canvas moves.

import { useLayoutEffect, useMemo, useRef } from 'react';
import type { Activation } from '../state/index.ts';
import { drawShades } from '../ui/shades.ts';
import { useShownTheme } from '../ui/tokens.ts';
import styles from './LayerCard.module.css';
import { stripOf } from './strip.ts';

/** What it says stands in the sample's panel, in words. */
export function StripCanvas({ activation: { shape, values } }: { readonly activation: Activation }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useShownTheme();
  const strip = useMemo(() => stripOf(shape, values), [shape, values]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme means another ink
  useLayoutEffect(() => {
    if (canvas.current) drawShades(canvas.current, strip);
  }, [strip, theme]);
  return (
    <canvas
      ref={canvas}
      className={styles.strip}
      style={{ maxWidth: strip.widest ?? undefined }}
      data-keeps={strip.keeps || undefined}
      width={strip.columns}
      height={strip.rows}
      aria-hidden
    />
  );
}
