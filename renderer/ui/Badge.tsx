// A small word with a ground: a state, a count, a family. Not to press.

import type { ReactNode } from 'react';
import styles from './Badge.module.css';
import { cx } from './classes.ts';

export type BadgeTone = 'plain' | 'outline' | 'accent' | 'good' | 'warn' | 'bad' | 'family';
export interface BadgeProps {
  readonly children: ReactNode;
  readonly tone?: BadgeTone;
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: ReactNode;
  /** A filled dot before the words: something is going on. */
  readonly dot?: boolean;
  /** With `family`: whose hue. */
  readonly family?: string;
  readonly title?: string;
}

export function Badge({ children, tone = 'plain', size = 'medium', icon, dot, family, title }: BadgeProps) {
  return (
    <span className={cx(styles.badge, styles[tone], size !== 'medium' && styles[size])} data-family={family} title={title}>
      {dot && <span className={styles.dot} />}
      {icon}
      {children}
    </span>
  );
}
