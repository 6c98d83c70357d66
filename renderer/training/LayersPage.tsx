// How the layers of a run do, from the loss down to the data: a table with the gradient of each, and in words what is wrong.

import { Activity } from 'lucide-react';
import { expandBlocks } from '../../shared/network/blocks.ts';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { type HealthState, healthSamples, type NetworkHealth } from '../../shared/training/health.ts';
import { judged, type ShownHealth } from '../state/index.ts';
import { t } from '../text/text.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { formatNumber, formatPercent } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { diagnosisOf, type NamedHealth } from './diagnosis.ts';
import { healthOf } from './runData.ts';
import styles from './TrainingDock.module.css';

/** What is well needs no word. */
function State({ state }: { readonly state: HealthState }) {
  if (state === 'healthy') return null;
  return <small>{state === 'ill' ? t('ill') : t('watch')}</small>;
}

/** The layers by the names they have in the run's network; of blocks as they are laid open. */
function named(health: NetworkHealth, record: RunSnapshot['record']): readonly NamedHealth[] {
  const nodes = record ? expandBlocks(record.network).network.nodes : [];
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return [...judged(health)].map(([id, own]) => ({ id, name: names.get(id) ?? id, ...own }));
}

/** Powers of ten that the bars reach over; smaller gradients have none. */
const decades = 6;
const share = ({ smaller }: ShownHealth): number => Math.max(0, 1 - Math.log10(smaller) / decades);

function Row({ layer }: { readonly layer: NamedHealth }) {
  const { activation, gradient } = layer.verdict;
  return (
    <tr>
      <th scope="row">{layer.name}</th>
      <td>{formatNumber(layer.spread, 2)}</td>
      <td data-state={activation}>
        <State state={activation} /> {formatPercent(layer.still, 0)}
      </td>
      <td data-state={gradient} className={styles.ladder}>
        <span className={styles.rungs} aria-hidden>
          <span className={styles.rung} style={{ inlineSize: `${share(layer) * 100}%` }} />
        </span>
        <State state={gradient} /> <span className={styles.gradient}>{formatNumber(layer.gradient, 2)}</span>
      </td>
    </tr>
  );
}

export function LayersPage({ run }: { readonly run: RunSnapshot }) {
  const found = healthOf(run);
  if (!found) {
    return (
      <EmptyState icon={<Activity />} title={t('Nothing was looked at yet')}>
        {t('At the ends of epochs each layer is looked at: how its output differs between samples, and how large its gradient is.')}
      </EmptyState>
    );
  }
  const layers = named(found.health, run.record);
  const diagnosis = diagnosisOf(layers);
  return (
    <>
      {diagnosis && (
        <Notice tone={diagnosis.tone} title={diagnosis.title}>
          <p>{diagnosis.rest}</p>
        </Notice>
      )}
      <table className={styles.table} data-numbers>
        <caption
          className={styles.hint}
        >{t`After epoch ${found.epoch}, over ${healthSamples} samples of the training part or all of them. Gradients on a scale of powers of ten.`}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Layer')}</th>
            <th scope="col">{t('Spread of its output')}</th>
            <th scope="col">{t('Units that stand still')}</th>
            <th scope="col">{t('Gradient of its weights')}</th>
          </tr>
        </thead>
        <tbody>
          {layers.map((layer) => (
            <Row key={layer.id} layer={layer} />
          ))}
        </tbody>
      </table>
    </>
  );
}
