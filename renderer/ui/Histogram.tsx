// How numbers are spread: one bar for each of equal steps from the lowest to the highest, and where zero lies.

import { formatNumber } from './format.ts';
import styles from './Histogram.module.css';

export interface HistogramProps {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly bins: readonly number[];
}

const height = 40;

export function Histogram({ label, low, high, bins }: HistogramProps) {
  const most = Math.max(...bins, 1);
  const zero = low < 0 && high > 0 ? (bins.length * -low) / (high - low) : null;
  return (
    <div>
      <svg className={styles.bars} viewBox={`0 0 ${bins.length} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {bins.map((count, bin) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          <rect key={bin} x={bin + 0.06} width={0.88} y={height - (height * count) / most} height={(height * count) / most} />
        ))}
        {zero !== null && <line x1={zero} x2={zero} y1={0} y2={height} vectorEffect="non-scaling-stroke" />}
      </svg>
      <p className={styles.ends} aria-hidden>
        <span>{formatNumber(low, 3)}</span>
        {zero !== null && zero > 0.2 * bins.length && zero < 0.8 * bins.length && (
          <span className={styles.zero} style={{ left: `${(100 * zero) / bins.length}%` }}>
            0
          </span>
        )}
        {high > low && <span>{formatNumber(high, 3)}</span>}
      </p>
    </div>
  );
}
