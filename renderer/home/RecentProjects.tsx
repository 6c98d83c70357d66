// Projects opened lately, newest on top.

import { open } from '../actions/index.ts';
import { attempt, useDatasets, useRecent } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { formatAgo } from '../ui/format.ts';
import styles from './HomeView.module.css';

export function RecentProjects() {
  const recent = useRecent();
  const datasets = useDatasets();
  return (
    <section aria-label={t('Recent projects')}>
      <header className={styles.sectionHead}>
        <h2>{t('Recent projects')}</h2>
        <Button kind="ghost" size="small" onPress={() => attempt(() => open())}>
          {t('Open a file…')}
        </Button>
      </header>
      {recent.length === 0 ? (
        <p className={styles.emptyRecent}>{t('Projects you save or open stand here, to go on where you stopped.')}</p>
      ) : (
        <ul className={styles.recent}>
          {recent.map((project) => (
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
