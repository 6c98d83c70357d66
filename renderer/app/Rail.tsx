// The views, at the left edge; help and setup below.

import { ChartColumn, CircleHelp, Database, House, Settings, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { setOverlay, showView, useView, type View } from '../state/index.ts';
import { t } from '../text/text.ts';
import { cx } from '../ui/classes.ts';
import styles from './Rail.module.css';

const views: readonly { readonly id: View; readonly title: string; readonly icon: ReactNode }[] = [
  { id: 'home', title: 'Home', icon: <House /> },
  { id: 'data', title: 'Data', icon: <Database /> },
  { id: 'design', title: 'Design', icon: <Workflow /> },
  { id: 'race', title: 'Race', icon: <ChartColumn /> },
];

function RailButton({
  title,
  icon,
  active,
  onPress,
}: {
  readonly title: string;
  readonly icon: ReactNode;
  readonly active?: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button type="button" className={cx(styles.item, active && styles.active)} aria-current={active ? 'page' : undefined} title={title} onClick={onPress}>
      {icon}
      <span>{title}</span>
    </button>
  );
}

export function Rail() {
  const view = useView();
  return (
    <nav className={styles.rail} data-region aria-label={t('Views')}>
      {views.map(({ id, title, icon }) => (
        <RailButton key={id} title={t(title)} icon={icon} active={view === id} onPress={() => showView(id)} />
      ))}
      <span className={styles.gap} />
      <RailButton title={t('Help')} icon={<CircleHelp />} onPress={() => setOverlay('shortcuts')} />
      <RailButton title={t('Setup')} icon={<Settings />} onPress={() => setOverlay('setup')} />
    </nav>
  );
}
