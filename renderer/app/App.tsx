// The window: puts the views together. The only place that does.

import { Download, WifiOff } from 'lucide-react';
import { Fragment } from 'react';
import { saveCopy } from '../actions/index.ts';
import RaceView from '../compare/RaceView.tsx';
import DataPage from '../data/DataView.tsx';
import HomeView from '../home/HomeView.tsx';
import { attempt, dismissNotice, useClient, useConnection, useDocument, useNotices, useSession, useView, type View } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { Tour } from '../tour/Tour.tsx';
import { Logo } from '../ui/Logo.tsx';
import { Toasts } from '../ui/Toasts.tsx';
import styles from './App.module.css';
import { Boundary } from './Boundary.tsx';
import { FileDropping } from './FileDropping.tsx';
import { Overlays } from './Overlays.tsx';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';
import { useForecasting } from './useForecasting.ts';
import { useKeys } from './useKeys.ts';
import { useLanguage } from './useLanguage.ts';
import { useTheme } from './useTheme.ts';
import { Workspace } from './Workspace.tsx';

const pages: Readonly<Record<View, () => React.ReactNode>> = {
  home: () => <HomeView />,
  data: () => <DataPage />,
  design: () => <Workspace />,
  race: () => <RaceView />,
};
const titles: Readonly<Record<View, string>> = { home: 'Home', data: 'The data view', design: 'The design view', race: 'The race' };

function LostBanner() {
  const connection = useConnection();
  const host = useClient((state) => state.host);
  if (connection !== 'lost') return null;
  return (
    <div className={styles.banner} role="alert">
      <WifiOff aria-hidden />
      <span className={styles.grow}>
        {t('Netwright’s main process does not answer. Your work is kept in this window, which connects again by itself.')}
        {host === 'browser' && ' '}
        {host === 'browser' && t('If you have started Netwright anew, save a copy here, open the newly printed address and open the copy there.')}
      </span>
      <Button size="small" icon={<Download />} onPress={() => attempt(saveCopy)}>
        {t('Save a copy')}
      </Button>
    </div>
  );
}

function Starting() {
  const connection = useConnection();
  return (
    <div className={styles.starting} role="status">
      <Logo size={44} />
      <p>
        {connection === 'lost' ? t('The main process does not answer. If you closed it, start Netwright again and open the address it prints.') : t('Starting')}
      </p>
    </div>
  );
}

/** Follows every edit and draws nothing, so that the window around it is not drawn anew with each. */
function Forecasting() {
  useForecasting();
  return null;
}

export function App() {
  useTheme();
  useKeys();
  const language = useLanguage();
  const open = useDocument((state) => state.open);
  const view = useView();
  // Keys stand on buttons everywhere: when they are changed, all is drawn anew.
  useSession((state) => state.shortcuts);
  const notices = useNotices((state) => state.notices);
  return (
    <Fragment key={language}>
      {open ? (
        <div className={styles.app}>
          <TopBar />
          <LostBanner />
          <div className={styles.middle}>
            <Rail />
            <div className={styles.view} data-region={view === 'design' ? undefined : true}>
              <Boundary key={view} region={t(titles[view])}>
                {pages[view]()}
              </Boundary>
            </div>
          </div>
          <StatusBar />
          <Overlays />
          <Tour />
          <FileDropping />
          <Forecasting />
        </div>
      ) : (
        <Starting />
      )}
      <Toasts items={notices} onClose={dismissNotice} />
    </Fragment>
  );
}
