// Where a value lies between bad and good: a track, the part that is good, and a mark. It says nothing by itself; who shows it names the value.

import { cx } from './classes.ts';
import styles from './Gauge.module.css';

export interface GaugeProps {
  /** 0 to 1. */
  readonly at: number;
  /** From where on it is good: 0 to 1. */
  readonly good: number;
  readonly tone: 'good' | 'warn' | 'bad';
}

const percent = (share: number): string => `${Math.min(100, Math.max(0, share * 100))}%`;

export function Gauge({ at, good, tone }: GaugeProps) {
  return (
    <span className={styles.track} aria-hidden>
      <span className={styles.good} style={{ left: percent(good) }} />
      <span className={cx(styles.mark, styles[tone])} style={{ left: percent(at) }} />
    </span>
  );
}
