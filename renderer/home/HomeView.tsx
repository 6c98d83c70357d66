// Home: the shortest way to a trained network, templates, recent projects, files, engines.

import { Languages, Play, Plus } from 'lucide-react';
import { languageOptions, newProject, openTemplate, train } from '../actions/index.ts';
import { attempt, chooseLanguage, useDatasets, useRecent, useSession, useTemplates } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Engines } from './Engines.tsx';
import { FileDrop } from './FileDrop.tsx';
import styles from './HomeView.module.css';
import { RecentProjects } from './RecentProjects.tsx';
import { sampleTemplate } from './sample.ts';
import { Templates } from './Templates.tsx';

export default function HomeView() {
  // Whoever has worked here goes on where they stopped; whoever is new begins with a template.
  const hasRecent = useRecent().length > 0;
  return (
    <main className={styles.page} aria-label={t('Home')}>
      <Head />
      <div className={styles.columns}>
        <div className={styles.wide}>
          {hasRecent && <RecentProjects />}
          <Templates />
          {!hasRecent && <RecentProjects />}
        </div>
        <div className={styles.narrow}>
          <FileDrop />
          <Engines />
          <LanguageChoice />
        </div>
      </div>
    </main>
  );
}

function LanguageChoice() {
  const language = useSession((state) => state.language);
  return (
    <div className={styles.language}>
      <Languages aria-hidden />
      <Segmented label={t('Language')} value={language} options={languageOptions()} onChange={chooseLanguage} />
    </div>
  );
}

function Head() {
  const sample = sampleTemplate(useTemplates(), useDatasets());
  const start = async (id: string) => {
    await openTemplate(id);
    await train();
  };
  return (
    <header className={styles.head}>
      <div>
        <h1>{t('Draw a network, train it here, see what it learns')}</h1>
        <p className={styles.lead}>
          {sample
            ? t`The sample “${t(sample.title)}” is ready: its data is on this machine, one click trains ${sample.networks[0]?.name}.`
            : t('Begin with an empty network, a template or a project of yours.')}
        </p>
      </div>
      <div className={styles.starts}>
        <Button size="large" icon={<Plus />} onPress={newProject}>
          {t('Empty network')}
        </Button>
        {sample && (
          <Button size="large" kind="primary" icon={<Play />} onPress={() => attempt(() => start(sample.id))}>
            {t('Open sample and train')}
          </Button>
        )}
      </div>
    </header>
  );
}
