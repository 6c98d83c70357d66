// How far something is. Without a value: it moves, but nobody knows how far.

import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import styles from './ProgressBar.module.css';

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; null: unknown. */
  readonly value: number | null;
  readonly className?: string;
}

export function ProgressBar({ label, value, className }: ProgressBarProps) {
  return (
    <AriaProgressBar aria-label={label} className={className} value={value ?? undefined} minValue={0} maxValue={1} isIndeterminate={value === null}>
      {({ percentage }) => (
        <div className={styles.track}>
          <div className={value === null ? styles.unknown : styles.fill} style={value === null ? undefined : { width: `${percentage}%` }} />
        </div>
      )}
    </AriaProgressBar>
  );
}
