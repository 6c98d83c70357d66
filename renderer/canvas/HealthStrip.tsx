// How a layer does, on its card: the share of its units that answer to the sample, and its gradient beside the largest of the network.

import { type HealthState, smallerLimits, stillLimits } from '../../shared/training/health.ts';
import type { ShownHealth } from '../state/index.ts';
import { t } from '../text/text.ts';
import { formatNumber, formatPercent } from '../ui/format.ts';
import { Gauge } from '../ui/Gauge.tsx';
import styles from './LayerCard.module.css';

const tones = { healthy: 'good', watch: 'warn', ill: 'bad' } as const satisfies Record<HealthState, string>;
/** So many powers of ten smaller than the largest gradient, the mark stands at the left end. */
const decades = 4;
const wellDecades = Math.log10(smallerLimits.watch);

export function HealthStrip({ health, isCompact }: { readonly health: ShownHealth; readonly isCompact: boolean }) {
  const { still, gradient, smaller, verdict } = health;
  const says = t`${formatPercent(1 - still, 0)} of its units answer to the sample; its gradient is ${formatNumber(gradient, 2)}`;
  return (
    <span className={styles.health} role="img" aria-label={says} title={says}>
      {!isCompact && <small>{t('activation')}</small>}
      <Gauge at={1 - still} good={1 - stillLimits.watch} tone={tones[verdict.activation]} />
      {!isCompact && <small>{t('gradient')}</small>}
      <Gauge at={1 - Math.log10(smaller) / decades} good={1 - wellDecades / decades} tone={tones[verdict.gradient]} />
      {!isCompact && <span className={styles.count}>{formatNumber(gradient, 2)}</span>}
    </span>
  );
}
