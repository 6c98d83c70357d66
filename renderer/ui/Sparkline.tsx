// A curve the size of a word: the course of something, without axes. The number stands beside it.

import styles from './Charts.module.css';
import { decimate } from './decimate.ts';

export interface SparklineProps {
  readonly label: string;
  readonly values: readonly number[];
  /** A token's name. */
  readonly colour?: string;
  readonly width?: number;
  readonly height?: number;
}

export function Sparkline({ label, values, colour = '--accent', width = 64, height = 18 }: SparklineProps) {
  const { x, y } = decimate({ x: values.map((_, index) => index), y: values }, width);
  if (y.length < 2) return null;
  const low = Math.min(...y);
  const span = Math.max(...y) - low || 1;
  const end = x.at(-1) || 1;
  const points = x.map(
    (value, index) => `${(1 + (value / end) * (width - 2)).toFixed(1)},${(height - 2 - (((y[index] ?? low) - low) / span) * (height - 4)).toFixed(1)}`,
  );
  return (
    <svg className={styles.spark} width={width} height={height} role="img" aria-label={label}>
      <polyline points={points.join(' ')} stroke={`var(${colour})`} />
    </svg>
  );
}
