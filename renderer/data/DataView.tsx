// Data: which datasets there are, what their samples look like, and what the network gets of them.

import { Database } from 'lucide-react';
import { useState } from 'react';
import { useDatasetId, useDatasets } from '../state/index.ts';
import { t } from '../text/text.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { DatasetDetail } from './DatasetDetail.tsx';
import { DatasetList } from './DatasetList.tsx';
import styles from './DataView.module.css';

// biome-ignore lint/suspicious/noShadowRestrictedNames: the view's name, like its file's; no buffer is read here
export default function DataView() {
  const datasets = useDatasets();
  const inUse = useDatasetId();
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = datasets.find((dataset) => dataset.id === chosen) ?? datasets.find((dataset) => dataset.id === inUse) ?? datasets[0];
  if (!shown) {
    return (
      <main className={styles.nothing} aria-label={t('Data')}>
        <EmptyState icon={<Database />} title={t('No datasets yet')}>
          {t('Datasets appear here as soon as the main process has listed them.')}
        </EmptyState>
      </main>
    );
  }
  return (
    <main className={styles.page} aria-label={t('Data')}>
      <DatasetList datasets={datasets} shown={shown.id} onShow={setChosen} />
      <DatasetDetail key={shown.id} dataset={shown} />
    </main>
  );
}
