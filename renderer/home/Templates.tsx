// Templates as cards: a picture drawn from each one's networks, and what the compiler counts in it.

import { useMemo, useState } from 'react';
import { analyze } from '../../shared/compile/index.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { Network } from '../../shared/network/network.ts';
import { pictureOf } from '../../shared/network/picture.ts';
import type { TemplateInfo } from '../../shared/protocol/contract.ts';
import { openTemplate } from '../actions/index.ts';
import { attempt, useDatasets, useTemplates } from '../state/index.ts';
import { t } from '../text/text.ts';
import { formatCount } from '../ui/format.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { StackPicture, type StackPictureProps } from '../ui/StackPicture.tsx';
import styles from './HomeView.module.css';

type Filter = TemplateInfo['group'] | 'All';

export function Templates() {
  const templates = useTemplates();
  const datasets = useDatasets();
  const [filter, setFilter] = useState<Filter>('All');
  const groups = [...new Set(templates.map((template) => template.group))];
  const shown = templates.filter((template) => filter === 'All' || template.group === filter);
  return (
    <section aria-label={t('New from a template')}>
      <header className={styles.sectionHead}>
        <h2>{t('New from a template')}</h2>
        {groups.length > 1 && (
          <Segmented<Filter>
            label={t('Kind of template')}
            value={filter}
            onChange={setFilter}
            options={(['All', ...groups] as const).map((group) => ({ value: group, label: group === 'All' ? t('All') : t(group) }))}
          />
        )}
      </header>
      {templates.length === 0 ? (
        <p className={styles.quiet}>{t('Templates appear here as soon as the main process has listed them.')}</p>
      ) : (
        <ul className={styles.gallery}>
          {shown.map((template) => (
            <li key={template.id}>
              <TemplateCard template={template} dataset={datasets.find((dataset) => dataset.id === template.dataset) ?? null} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function TemplateCard({ template, dataset }: { readonly template: TemplateInfo; readonly dataset: DatasetDescriptor | null }) {
  const facts = useMemo(() => factsOf(template, dataset), [template, dataset]);
  const pictures = useMemo(() => template.networks.slice(0, 3).map((network) => ({ network, picture: sizedPicture(network, dataset) })), [template, dataset]);
  return (
    <button type="button" className={styles.card} title={t(template.about)} onClick={() => attempt(() => openTemplate(template.id))}>
      <span className={styles.pictures} aria-hidden>
        {pictures.map(({ network, picture }) => (
          <StackPicture key={network.id} label={network.name} {...picture} />
        ))}
      </span>
      <span className={styles.cardWords}>
        <b>{t(template.title)}</b>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </span>
    </button>
  );
}

/** The picture of a network, with how many numbers each layer gives for a sample of its data. */
function sizedPicture(network: Network, dataset: DatasetDescriptor | null): Omit<StackPictureProps, 'label'> {
  const { boxes, lines } = pictureOf(network);
  const { nodes } = analyze(network, { dataset });
  const sizeOf = (id: string) => nodes[id]?.outputShape?.reduce((size, axis) => size * axis, 1);
  return { boxes: boxes.map((box) => ({ ...box, size: sizeOf(box.id) })), lines };
}

/** `MNIST digits`, `407,050 parameters`; a network the compiler finds faulty shows no count. */
function factsOf({ networks }: TemplateInfo, dataset: DatasetDescriptor | null): readonly string[] {
  const [network] = networks;
  const parts = [dataset ? t(dataset.title) : t('any data')];
  if (networks.length > 1) parts.push(t`${networks.length} networks`);
  else if (network) {
    const { totals, problems } = analyze(network, { dataset });
    if (!problems.some((problem) => problem.severity === 'error')) parts.push(t`${formatCount(totals.trainable + totals.nonTrainable)} parameters`);
  }
  return parts;
}
