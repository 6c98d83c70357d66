// Train, and more ways to train. While the network learns, it says how far it is.

import { ChevronDown, Play } from 'lucide-react';
import { actionOf, runAction } from '../actions/index.ts';
import { isBusy, setPanel, showView, useActiveNetworkId, useLatestRun, useView } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { formatTimeLeft } from '../ui/format.ts';
import { Menu } from '../ui/Menu.tsx';
import { Spinner } from '../ui/Spinner.tsx';
import { entryOf } from './menuEntry.ts';
import styles from './TopBar.module.css';

const waiting = { queued: 'Waiting', preparing: 'Preparing', paused: 'Paused' } as const;

export function TrainButton() {
  const run = useLatestRun(useActiveNetworkId());
  const busy = run && isBusy(run) ? run : null;
  const isHome = useView() === 'home';
  const share = busy && busy.totalSteps > 0 ? busy.step / busy.totalSteps : null;
  const words =
    busy &&
    (busy.status in waiting
      ? t(waiting[busy.status as keyof typeof waiting])
      : [`${Math.floor((share ?? 0) * 100)} %`, formatTimeLeft(busy.secondsLeft)].filter(Boolean).join(' · '));
  // On the first page the network is not seen; what goes on is.
  if (isHome && !busy) return null;
  const showDock = () => {
    showView('design');
    setPanel('dock', { open: true });
  };
  return (
    <span className={styles.split} data-tour="train">
      {busy ? (
        <Button className={styles.running} icon={<Spinner label={t('Training')} value={share} />} onPress={showDock}>
          <span className="num">{words}</span>
        </Button>
      ) : (
        <Button kind="primary" icon={<Play />} onPress={() => runAction(actionOf('train.start'))}>
          {t('Train')}
        </Button>
      )}
      <Menu
        label={t('More ways to train')}
        placement="bottom end"
        trigger={
          <Button kind={busy ? 'secondary' : 'primary'} label={t('More ways to train')} className={styles.splitEnd}>
            <ChevronDown />
          </Button>
        }
        items={busy ? [entryOf('train.start'), entryOf('train.stop', { danger: true })] : [entryOf('train.epoch'), entryOf('train.race')]}
      />
    </span>
  );
}
