// Short messages at the edge of the window about what has just happened. The owner keeps the list; faults stay until they are closed.

import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../text/text.ts';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import styles from './Toasts.module.css';

export interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'info' | 'bad';
  readonly text: string;
  /** A second line: why, or what to do. */
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const shownFor = 6000;
const icons = { good: CircleCheck, info: Info, bad: CircleAlert };

export function Toasts({ items, onClose }: { readonly items: readonly Toast[]; readonly onClose: (id: number) => void }) {
  // While one points at them or is in them, none goes away.
  const [isHeld, setHeld] = useState(false);
  const isEmpty = items.length === 0;
  // What is closed under the pointer tells nobody that the pointer has left it.
  useEffect(() => {
    if (isEmpty) setHeld(false);
  }, [isEmpty]);
  return (
    <section
      className={styles.region}
      data-region
      aria-label={t('Messages')}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {items.map((item) => (
        <ToastCard key={item.id} item={item} isHeld={isHeld} onClose={onClose} />
      ))}
    </section>
  );
}

function ToastCard({ item, isHeld, onClose }: { readonly item: Toast; readonly isHeld: boolean; readonly onClose: (id: number) => void }) {
  const Icon = icons[item.tone];
  useEffect(() => {
    if (item.tone === 'bad' || isHeld) return;
    const timer = setTimeout(() => onClose(item.id), shownFor);
    return () => clearTimeout(timer);
  }, [item, onClose, isHeld]);
  return (
    <div className={styles.toast} role={item.tone === 'bad' ? 'alert' : 'status'} data-tone={item.tone}>
      <Icon className={styles.icon} aria-hidden />
      <div className={styles.text}>
        <p>{t(item.text)}</p>
        {item.detail !== undefined && <p className={styles.detail}>{t(item.detail)}</p>}
      </div>
      {item.action && (
        <Button
          onPress={() => {
            item.action?.run();
            onClose(item.id);
          }}
        >
          {t(item.action.label)}
        </Button>
      )}
      <IconButton label={t('Close message')} icon={<X />} size="small" onPress={() => onClose(item.id)} />
    </div>
  );
}
