// One picture, pixel by pixel. Grey pictures are drawn with the ink of the theme.

import { useLayoutEffect, useRef } from 'react';
import { useShownTheme } from '../ui/tokens.ts';
import { type PictureSize, pixels } from './preview.ts';
import styles from './DataView.module.css';

export function PictureTile({ features, size, label }: { readonly features: readonly number[]; readonly size: PictureSize; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useShownTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme means another ink
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    context.putImageData(new ImageData(pixels(features, size.channels, inkOf(element)), size.columns, size.rows), 0, 0);
  }, [features, size.channels, size.columns, size.rows, theme]);
  return <canvas ref={canvas} className={styles.tile} width={size.columns} height={size.rows} role="img" aria-label={label} />;
}

/** The text's colour as bytes. */
function inkOf(element: HTMLElement): readonly [number, number, number] {
  const [red = 0, green = 0, blue = 0] =
    getComputedStyle(element)
      .color.match(/[\d.]+/g)
      ?.map(Number) ?? [];
  return [red, green, blue];
}
