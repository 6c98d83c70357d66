// Short messages at the edge of the window about what has just happened. The owner keeps the list; faults stay until they are closed.

import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useEffect } from 'react';
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
  return (
    <section className={styles.region} data-region aria-label={t('Messages')}>
      {items.map((item) => (
        <ToastCard key={item.id} item={item} onClose={onClose} />
      ))}
    </section>
  );
}

function ToastCard({ item, onClose }: { readonly item: Toast; readonly onClose: (id: number) => void }) {
  const Icon = icons[item.tone];
  useEffect(() => {
    if (item.tone === 'bad') return;
    const timer = setTimeout(() => onClose(item.id), shownFor);
    return () => clearTimeout(timer);
  }, [item, onClose]);
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
