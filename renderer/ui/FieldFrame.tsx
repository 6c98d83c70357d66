// What every field has around it: label, help, fault. Not a field itself.

import type { ReactNode } from 'react';
import { cx } from './classes.ts';
import styles from './Field.module.css';

export interface FieldFrameProps {
  /** The control's id; the label points to it. */
  readonly id: string;
  readonly label: string;
  readonly labels?: 'above' | 'beside' | 'hidden';
  readonly help?: ReactNode;
  readonly fault?: string | null;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Help stands below until there is a fault, which then takes its place. */
export function FieldFrame({ id, label, labels = 'above', help, fault = null, className, children }: FieldFrameProps) {
  return (
    <div className={cx(styles.frame, styles[labels], className)}>
      <label htmlFor={id} className={labels === 'hidden' ? 'visuallyHidden' : styles.label}>
        {label}
      </label>
      <div className={styles.control}>
        {children}
        {fault !== null ? (
          <p id={`${id}-fault`} className={styles.fault} role="alert">
            {fault}
          </p>
        ) : (
          help && (
            <p id={`${id}-help`} className={styles.help}>
              {help}
            </p>
          )
        )}
      </div>
    </div>
  );
}
