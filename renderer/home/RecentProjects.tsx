// Projects opened lately, newest on top.

import { useState } from 'react';
import { open } from '../actions/index.ts';
import { attempt, useDatasets, useRecent } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { formatAgo } from '../ui/format.ts';
import styles from './HomeView.module.css';

/** So many stand there at first, so that templates stay in sight. */
const few = 4;

export function RecentProjects() {
  const recent = useRecent();
  const datasets = useDatasets();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? recent : recent.slice(0, few);
  return (
    <section aria-label={t('Recent projects')}>
      <header className={styles.sectionHead}>
        <h2>{t('Recent projects')}</h2>
        <span>
          {recent.length > few && (
            <Button kind="ghost" size="small" onPress={() => setWhole(!isWhole)}>
              {isWhole ? t('Show fewer') : t`All ${recent.length}`}
            </Button>
          )}
          <Button kind="ghost" size="small" onPress={() => attempt(() => open())}>
            {t('Open a file…')}
          </Button>
        </span>
      </header>
      {recent.length === 0 ? (
        <p className={styles.emptyRecent}>{t('Projects you save or open stand here, to go on where you stopped.')}</p>
      ) : (
        <ul className={styles.recent}>
          {shown.map((project) => (
            <li key={project.path}>
              <button type="button" title={project.path} onClick={() => attempt(() => open(project.path))}>
                <b>{project.name}</b>
                <span className={styles.networks}>
                  {[project.networks.join(', '), t(datasets.find((dataset) => dataset.id === project.dataset)?.title ?? project.dataset ?? '')]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                <time dateTime={project.openedAt}>{formatAgo(project.openedAt, Date.now())}</time>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
