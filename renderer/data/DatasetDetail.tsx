// One dataset: its samples in the middle, what the network gets on the right, and the way to use it.

import { Check, Download } from 'lucide-react';
import { useState } from 'react';
import { errorDetails } from '../../shared/lib/errors.ts';
import type { DatasetState } from '../../shared/protocol/contract.ts';
import { commit, fetchDataset, useDatasetId, useFetchProgress } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Facts } from './Facts.tsx';
import { shownOf } from './preview.ts';
import { Samples } from './Samples.tsx';
import styles from './DataView.module.css';
import { type Part, usePreview } from './usePreview.ts';

export function DatasetDetail({ dataset }: { readonly dataset: DatasetState }) {
  const [part, setPart] = useState<Part>('train');
  const [offset, setOffset] = useState(0);
  const { preview, fault } = usePreview(dataset, part, offset);
  const count = part === 'train' ? dataset.samples.train : dataset.samples.test;
  const last = Math.min(count, offset + (preview?.indices.length ?? shownOf(dataset)));
  return (
    <>
      <article className={styles.detail} aria-label={t(dataset.title)}>
        <Head dataset={dataset} />
        {dataset.available ? (
          <>
            <div className={styles.tools}>
              <Segmented
                label={t('Part')}
                value={part}
                onChange={(next) => {
                  setPart(next);
                  setOffset(0);
                }}
                options={[
                  { value: 'train', label: t`Training ${formatCount(dataset.samples.train)}` },
                  { value: 'test', label: t`Test ${formatCount(dataset.samples.test)}`, disabled: dataset.samples.test === 0 },
                ]}
              />
              <span className={styles.end} />
              <span className={styles.quiet}>{t`Samples ${formatCount(offset + 1)} to ${formatCount(last)} of ${formatCount(count)}`}</span>
              <Button size="small" disabled={offset === 0} onPress={() => setOffset(Math.max(0, offset - shownOf(dataset)))}>
                {t('Previous')}
              </Button>
              <Button size="small" disabled={last >= count} onPress={() => setOffset(last)}>
                {t('Next')}
              </Button>
            </div>
            {fault !== null && (
              <Notice tone="bad" title={t('The samples cannot be shown.')}>
                {t(fault)}
              </Notice>
            )}
            {preview && <Samples dataset={dataset} preview={preview} />}
          </>
        ) : (
          <Away dataset={dataset} />
        )}
      </article>
      <Facts dataset={dataset} preview={preview} part={part} />
    </>
  );
}

function Head({ dataset }: { readonly dataset: DatasetState }) {
  const inUse = useDatasetId() === dataset.id;
  return (
    <header className={styles.head}>
      <div className={styles.headWords}>
        <h1>{t(dataset.title)}</h1>
        <p>{t(dataset.about)}</p>
      </div>
      {inUse ? (
        <Badge tone="good" icon={<Check />}>
          {t('Used by this project')}
        </Badge>
      ) : (
        <Button kind="primary" onPress={() => commit(`use ${dataset.title}`, [{ type: 'setDataset', dataset: dataset.id }])}>
          {t('Use this dataset')}
        </Button>
      )}
    </header>
  );
}

/** Not here yet: get it, see how far it is, or why it did not come. */
function Away({ dataset }: { readonly dataset: DatasetState }) {
  const progress = useFetchProgress(dataset.id);
  const [fault, setFault] = useState<string | null>(null);
  const get = () => {
    setFault(null);
    fetchDataset(dataset.id).catch((thrown: unknown) => setFault(errorDetails(thrown).message));
  };
  if (progress) {
    const { received, total } = progress;
    return (
      <div className={styles.getting} aria-live="polite">
        <p>
          {t`Downloading ${t(dataset.title)}`}{' '}
          <span className={styles.end}>{total === null ? formatBytes(received) : t`${formatBytes(received)} of ${formatBytes(total)}`}</span>
        </p>
        <ProgressBar label={t`Downloading ${t(dataset.title)}`} value={total ? received / total : null} />
        <p className={styles.quiet}>{t('Every file is checked by its SHA-256 before it is used.')}</p>
      </div>
    );
  }
  return (
    <>
      {fault !== null && (
        <Notice tone="bad" title={t`${t(dataset.title)} could not be brought here.`} actions={<Button onPress={get}>{t('Try again')}</Button>}>
          {t(fault)}
        </Notice>
      )}
      {fault === null && (
        <EmptyState
          icon={<Download />}
          title={t('Not on this machine yet')}
          action={
            <Button icon={<Download />} onPress={get}>
              {t('Download')}
              {dataset.bytes === null ? '' : ` ${formatBytes(dataset.bytes)}`}
            </Button>
          }
        >
          {t('It is downloaded once, checked, and kept; afterwards everything works without a network. The sets that come with Netwright need none.')}
        </EmptyState>
      )}
    </>
  );
}
