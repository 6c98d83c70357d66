// What the canvas says while the network is empty: the first step, done by a button.

import { Fragment } from 'react';
import type { DatasetState } from '../../shared/protocol/contract.ts';
import { addInput, fillFrom } from '../actions/index.ts';
import { showView, useActiveDataset, useDatasets, useNetworks, useTemplates } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { Menu } from '../ui/Menu.tsx';
import styles from './EmptyCanvas.module.css';

const picture = [
  { family: 'core', glyph: 'input' },
  { family: 'convolution', glyph: 'convolution' },
  { family: 'core', glyph: 'core' },
] as const;

/** What a network can be used for with no change: samples of one shape, and as many answers. */
const purposeOf = ({ features, labels, task, classNames }: DatasetState): string =>
  JSON.stringify([features.shape, features.symbols ?? null, labels.shape, task, classNames?.length ?? null]);

/** The networks of the templates that learn from data such as the project's. */
function useFittingNetworks() {
  const [dataset, datasets, templates] = [useActiveDataset(), useDatasets(), useTemplates()];
  if (!dataset) return [];
  const fits = new Set(datasets.filter((other) => purposeOf(other) === purposeOf(dataset)).map(({ id }) => id));
  return templates.filter((template) => template.networks.length === 1 && template.dataset !== null && fits.has(template.dataset));
}

/** In a project that has other networks, one that goes with them; else a project of its own, on the first page. */
function FromTemplate() {
  const fitting = useFittingNetworks();
  const isAlone = useNetworks().length < 2;
  if (isAlone || fitting.length === 0) return <Button onPress={() => showView('home')}>{t('From a template')}</Button>;
  return (
    <Menu
      label={t('From a template')}
      trigger={<Button>{t('From a template')}</Button>}
      items={[
        ...fitting.map(({ id, title, networks: [network] }) => ({ id, label: t(title), onAction: () => network && fillFrom(network) })),
        { id: 'all', label: t('All templates, as new projects'), divider: true, onAction: () => showView('home') },
      ]}
    />
  );
}

export function EmptyCanvas() {
  const dataset = useActiveDataset();
  return (
    <div className={styles.cover}>
      <div className={styles.card}>
        <div className={styles.picture} aria-hidden>
          {picture.map(({ family, glyph }, index) => (
            <Fragment key={glyph}>
              {index > 0 && <span className={styles.wire} />}
              <span className={styles.tile}>
                <FamilyGlyph family={family} glyph={glyph} />
              </span>
            </Fragment>
          ))}
        </div>
        <h2>{t('An empty network')}</h2>
        <p>{dataset ? t('Start with an Input, or let the dataset choose one.') : t('Drag layers from the left, or start from something that works.')}</p>
        <div className={styles.buttons}>
          <Button kind="primary" onPress={addInput}>
            {dataset ? t`Add Input for ${t(dataset.title)}` : t('Add an Input')}
          </Button>
          <FromTemplate />
        </div>
        <p className={styles.hint}>
          {t('or press')} <KeyHint>/</KeyHint> {t('and type a layer')}
        </p>
      </div>
    </div>
  );
}
