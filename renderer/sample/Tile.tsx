// One picture of numbers, drawn with the ink of the theme: the more, the darker on light and the lighter on dark.

import { type PointerEvent, useLayoutEffect, useRef } from 'react';
import { drawShades } from '../ui/shades.ts';
import { useShownTheme } from '../ui/tokens.ts';
import type { Picture } from './picture.ts';
import styles from './SamplePanel.module.css';

export interface TileProps {
  readonly picture: Picture;
  readonly label: string;
  /** Told where the pointer was pressed, in cells of the picture. */
  readonly onPick?: (column: number, row: number) => void;
}

export function Tile({ picture, label, onPick }: TileProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useShownTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme means another ink
  useLayoutEffect(() => {
    if (canvas.current) drawShades(canvas.current, picture);
  }, [picture, theme]);
  const pick = (event: PointerEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box || !onPick) return;
    // The picture keeps its form within the element, at its left.
    const scale = Math.min(box.width / picture.columns, box.height / picture.rows);
    const [column, row] = [
      Math.floor((event.clientX - box.left) / scale),
      Math.floor((event.clientY - box.top - (box.height - scale * picture.rows) / 2) / scale),
    ];
    if (column >= 0 && column < picture.columns && row >= 0 && row < picture.rows) onPick(column, row);
  };
  const isSmall = picture.columns <= 64 && picture.columns < 2 * picture.rows;
  return (
    <canvas
      ref={canvas}
      className={styles.tile}
      width={picture.columns}
      height={picture.rows}
      role="img"
      aria-label={label}
      data-wide={picture.columns > 4 * picture.rows || undefined}
      data-small={isSmall || undefined}
      onPointerDown={onPick && pick}
    />
  );
}
