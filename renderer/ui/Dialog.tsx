// A question that must be answered before anything else. Rare: most things are said where they are.

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { t } from '../text/text.ts';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton.tsx';

export interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the safe one first. */
  readonly actions?: ReactNode;
  /** `alertdialog` for questions about losing something. */
  readonly role?: 'dialog' | 'alertdialog';
  readonly size?: 'medium' | 'large';
}

export function Dialog({ title, open, onClose, children, actions, role = 'dialog', size = 'medium' }: DialogProps) {
  return (
    <ModalOverlay isOpen={open} onOpenChange={(isOpen) => !isOpen && onClose()} isDismissable={role === 'dialog'} className={styles.overlay}>
      <Modal className={size === 'large' ? styles.modalLarge : styles.modal}>
        <AriaDialog role={role} className={styles.dialog}>
          <header className={styles.head}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton label={t('Close')} icon={<X />} onPress={onClose} size="small" />
          </header>
          <div className={styles.body}>{children}</div>
          {actions && <footer className={styles.actions}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
