// A kernel's first pictures side by side: above zero in the accent, below in the warm tone, the stronger the larger.

import { useLayoutEffect, useMemo, useRef } from 'react';
import { t } from '../text/text.ts';
import { countOf } from '../ui/format.ts';
import { token, useShownTheme } from '../ui/tokens.ts';
import styles from './Weights.module.css';
import { type Mosaic, mosaicOf, type Reading } from './weightNumbers.ts';

function draw(context: CanvasRenderingContext2D, { columns, rows, shades }: Mosaic): void {
  const [ground, above, below] = ['--bg-sunken', '--accent', '--warn-fill'].map(token) as [string, string, string];
  const cell = (at: number, colour: string, strength: number) => {
    context.globalAlpha = strength;
    context.fillStyle = colour;
    context.fillRect(at % columns, Math.floor(at / columns), 1, 1);
  };
  context.clearRect(0, 0, columns, rows);
  shades.forEach((value, at) => {
    if (Number.isNaN(value)) return;
    cell(at, ground, 1);
    cell(at, value > 0 ? above : below, Math.min(Math.abs(value), 1));
  });
}

/** `The first 32 of 64 filters, over its first input channel`. */
function wordsOf({ count, each, part }: Reading, shown: number): string {
  const which = count > shown ? t`The first ${shown} of ${countOf(count, each)}` : countOf(count, each);
  return part ? `${which}, ${t(part)}` : which;
}

/** A cell is drawn no larger. */
const mostPixels = 12;

export interface KernelPicturesProps {
  readonly name: string;
  readonly values: Float32Array;
  readonly reading: Reading;
}

export function KernelPictures({ name, values, reading }: KernelPicturesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useShownTheme();
  const mosaic = useMemo(() => mosaicOf(values, reading), [values, reading]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme means other colours
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) draw(context, mosaic);
  }, [mosaic, theme]);
  const words = wordsOf(reading, mosaic.shown);
  return (
    <figure className={styles.pictures}>
      <canvas
        ref={canvas}
        width={mosaic.columns}
        height={mosaic.rows}
        style={{ maxWidth: mostPixels * mosaic.columns }}
        role="img"
        aria-label={t`${name} as pictures: ${words}`}
      />
      <figcaption>
        {words}. <span className={styles.above}>{t('Above zero')}</span>, <span className={styles.below}>{t('below zero')}</span>.
      </figcaption>
    </figure>
  );
}
