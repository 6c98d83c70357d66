// A ring for work whose end is unknown, or, with a value, how far it is. For more room use ProgressBar.

import styles from './Spinner.module.css';

const radius = 6;
const round = 2 * Math.PI * radius;

export function Spinner({ label, value = null }: { readonly label: string; readonly value?: number | null }) {
  const share = value ?? 0.3;
  return (
    <svg className={value === null ? styles.turning : styles.ring} viewBox="0 0 16 16" role="img" aria-label={label}>
      <circle className={styles.back} cx="8" cy="8" r={radius} />
      <circle className={styles.front} cx="8" cy="8" r={radius} strokeDasharray={`${round * share} ${round}`} transform="rotate(-90 8 8)" />
    </svg>
  );
}
