// Takes the network away: in which format, and whether as a run has trained it or as it is drawn. What the format cannot hold is said here.

import { FileOutput } from 'lucide-react';
import { useState } from 'react';
import { compareNetworks } from '../../shared/network/compare.ts';
import type { Network } from '../../shared/network/network.ts';
import type { ExportFormat, RunSnapshot } from '../../shared/protocol/contract.ts';
import { exportModel } from '../actions/index.ts';
import { setOverlay, useLatestRun, useNetworks, useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { countOf, formatAgo, formatPercent } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Spinner } from '../ui/Spinner.tsx';
import styles from './ExportDialog.module.css';

const close = () => setOverlay(null);

type Weights = 'trained' | 'drawn';

const about: Readonly<Record<ExportFormat, string>> = {
  keras: 'Keras’ own format: opens in Keras 3 with load_model, with loss and optimizer.',
  h5: 'The format before it: opens with load_model too, with weights and loss. The optimizer starts anew.',
};

/** A run has weights to give from its first epoch on. */
const hasWeights = (run: RunSnapshot | null): run is RunSnapshot => run !== null && run.record !== null && run.epochs.length > 0;

/** Whether the drawing is no longer what the run trained; where it stands does not matter. */
function isRedrawn(run: RunSnapshot, network: Network): boolean {
  if (!run.record) return false;
  const { added, removed, changed, addedEdges, removedEdges } = compareNetworks(run.record.network, network);
  return added.length + removed.length + changed.size + addedEdges.length + removedEdges.length > 0;
}

function Trained({ run, isOther }: { readonly run: RunSnapshot; readonly isOther: boolean }) {
  const accuracy = run.test?.['accuracy'];
  const epochs = run.epochs.length;
  return (
    <>
      <p>
        {t`As the last run left it after ${countOf(epochs, 'epoch')}, started ${formatAgo(run.record?.startedAt ?? '', Date.now())}.`}{' '}
        {accuracy !== undefined && t`Test accuracy ${formatPercent(accuracy)}.`}
      </p>
      {isOther && (
        <Notice tone="info" title={t('The drawing was changed since.')}>
          {t('The network is written as that run trained it.')}
        </Notice>
      )}
    </>
  );
}

/** Writes it, and says what went wrong in its place. */
function useExport(format: ExportFormat, network: string, run: string | null) {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const start = async () => {
    setBusy(true);
    setFault('');
    try {
      await exportModel(format, network, run);
      close();
    } catch (thrown) {
      setFault(thrown instanceof Error ? thrown.message : String(thrown));
      setBusy(false);
    }
  };
  return { isBusy, fault, start: () => void start() };
}

export function ExportDialog() {
  const active = useSession((state) => state.activeNetwork);
  const network = useNetworks().find(({ id }) => id === active);
  const latest = useLatestRun(active);
  const run = hasWeights(latest) ? latest : null;
  const [chosen, setChosen] = useState<Weights>('trained');
  const weights: Weights = run ? chosen : 'drawn';
  const [format, setFormat] = useState<ExportFormat>('keras');
  const { isBusy, fault, start } = useExport(format, active ?? '', weights === 'trained' && run ? run.id : null);
  if (!network) return null;
  return (
    <Dialog
      title={t`Export ${network.name}`}
      open
      onClose={close}
      actions={
        <>
          <Button onPress={close}>{t('Cancel')}</Button>
          <Button kind="primary" icon={isBusy ? <Spinner label={t('Writing')} /> : <FileOutput />} disabled={isBusy} onPress={start}>
            {t('Export')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <span>{t('Format')}</span>
        <div className={styles.choice}>
          <Segmented
            label={t('Format')}
            value={format}
            options={[
              { value: 'keras', label: t('Keras (.keras)') },
              { value: 'h5', label: t('Older (.h5)') },
            ]}
            onChange={setFormat}
          />
          <p>{t(about[format])}</p>
        </div>
        <span>{t('Weights')}</span>
        <div className={styles.choice}>
          <Segmented
            label={t('Weights')}
            value={weights}
            options={[
              { value: 'trained', label: t('As trained'), disabled: run === null },
              { value: 'drawn', label: t('As drawn') },
            ]}
            onChange={setChosen}
          />
          {weights === 'trained' && run ? (
            <Trained run={run} isOther={isRedrawn(run, network)} />
          ) : (
            <Drawn isImported={network.weights !== undefined} isTrained={run !== null} />
          )}
        </div>
      </div>
      {fault !== '' && (
        <Notice tone="bad" title={t('It could not be written.')}>
          {t(fault)}
        </Notice>
      )}
    </Dialog>
  );
}

function Drawn({ isImported, isTrained }: { readonly isImported: boolean; readonly isTrained: boolean }) {
  return (
    <p>
      {isImported
        ? t('The weights that its file brought along; fresh ones for layers changed since.')
        : t('Fresh weights, drawn from the seed of the training settings.')}
      {!isTrained && ` ${t('Train the network first to export what it has learned.')}`}
    </p>
  );
}
