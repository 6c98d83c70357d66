// The datasets this machine can use, with where they come from and whether they are here.

import { CircleCheck, CloudDownload } from 'lucide-react';
import type { DatasetState } from '../../shared/protocol/contract.ts';
import { useDatasetId, useFetchProgress } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Badge } from '../ui/Badge.tsx';
import { cx } from '../ui/classes.ts';
import { formatCount, formatShape } from '../ui/format.ts';
import { Spinner } from '../ui/Spinner.tsx';
import styles from './DataView.module.css';

export interface DatasetListProps {
  readonly datasets: readonly DatasetState[];
  readonly shown: string | null;
  readonly onShow: (id: string) => void;
}

export function DatasetList({ datasets, shown, onShow }: DatasetListProps) {
  return (
    <nav className={styles.list} aria-label={t('Datasets')}>
      <h2 className={styles.listTitle}>{t('Datasets')}</h2>
      <ul>
        {datasets.map((dataset) => (
          <li key={dataset.id}>
            <DatasetEntry dataset={dataset} shown={dataset.id === shown} onShow={onShow} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function DatasetEntry({ dataset, shown, onShow }: { readonly dataset: DatasetState; readonly shown: boolean; readonly onShow: (id: string) => void }) {
  const inUse = useDatasetId() === dataset.id;
  return (
    <button type="button" className={cx(styles.entry, shown && styles.entryShown)} aria-current={shown || undefined} onClick={() => onShow(dataset.id)}>
      <span className={styles.entryTitle}>
        {t(dataset.title)}
        {inUse && (
          <Badge size="small" tone="accent">
            {t('in use')}
          </Badge>
        )}
        <Presence dataset={dataset} />
      </span>
      <span className={styles.entryLine}>
        {formatCount(dataset.samples.train)} + {formatCount(dataset.samples.test)} · {formatShape(dataset.features.shape)}
      </span>
      <span className={styles.entryLine}>{t(originWords[dataset.origin])}</span>
    </button>
  );
}

export const originWords: Readonly<Record<DatasetState['origin'], string>> = {
  bundled: 'comes with Netwright',
  generated: 'computed from a seed',
  download: 'downloaded once, then kept',
  file: 'from a file of yours',
};

function Presence({ dataset }: { readonly dataset: DatasetState }) {
  const progress = useFetchProgress(dataset.id);
  if (progress) return <Spinner label={t`Getting ${t(dataset.title)}`} value={progress.total ? progress.received / progress.total : null} />;
  return dataset.available ? (
    <CircleCheck className={styles.here} role="img" aria-label={t('here')} />
  ) : (
    <CloudDownload className={styles.away} role="img" aria-label={t('not here yet')} />
  );
}
