// A key, or keys, to press.

import type { ReactNode } from 'react';
import styles from './KeyHint.module.css';

export function KeyHint({ children }: { readonly children: ReactNode }) {
  return <kbd className={styles.key}>{children}</kbd>;
}
