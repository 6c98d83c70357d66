// Home: the shortest way to a trained network, templates, recent projects, files, engines.

import { Play, Plus } from 'lucide-react';
import { newProject, openTemplate, train } from '../actions/index.ts';
import { attempt, useDatasets, useTemplates } from '../state/index.ts';
import { Button } from '../ui/Button.tsx';
import { Engines } from './Engines.tsx';
import { FileDrop } from './FileDrop.tsx';
import styles from './HomeView.module.css';
import { RecentProjects } from './RecentProjects.tsx';
import { sampleTemplate } from './sample.ts';
import { Templates } from './Templates.tsx';

export default function HomeView() {
  return (
    <main className={styles.page} aria-label="Home">
      <Head />
      <div className={styles.columns}>
        <div className={styles.wide}>
          <Templates />
          <RecentProjects />
        </div>
        <div className={styles.narrow}>
          <FileDrop />
          <Engines />
        </div>
      </div>
    </main>
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
        <h1>Draw a network, train it here, see what it learns</h1>
        <p className={styles.lead}>
          {sample
            ? `The sample “${sample.title}” is ready: its data is on this machine, one click trains ${sample.networks[0]?.name}.`
            : 'Begin with an empty network, a template or a project of yours.'}
        </p>
      </div>
      <div className={styles.starts}>
        <Button size="large" icon={<Plus />} onPress={newProject}>
          Empty network
        </Button>
        {sample && (
          <Button size="large" kind="primary" icon={<Play />} onPress={() => attempt(() => start(sample.id))}>
            Open sample and train
          </Button>
        )}
      </div>
    </header>
  );
}
