// One picture of numbers, drawn with the ink of the theme: the more, the darker on light and the lighter on dark.

import { type PointerEvent, useLayoutEffect, useRef } from 'react';
import { useShownTheme } from '../ui/tokens.ts';
import type { Picture } from './picture.ts';
import styles from './SamplePanel.module.css';

/** The text's colour as bytes. */
function inkOf(element: HTMLElement): readonly number[] {
  return (
    getComputedStyle(element)
      .color.match(/[\d.]+/g)
      ?.slice(0, 3)
      .map(Number) ?? [0, 0, 0]
  );
}

function bytesOf({ shades }: Picture, ink: readonly number[]): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(shades.length * 4);
  shades.forEach((value, i) => {
    if (!Number.isNaN(value)) bytes.set([...ink, 12 + 243 * value], i * 4);
  });
  return bytes;
}

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
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || picture.shades.length === 0) return;
    context.putImageData(new ImageData(bytesOf(picture, inkOf(element)), picture.columns, picture.rows), 0, 0);
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
