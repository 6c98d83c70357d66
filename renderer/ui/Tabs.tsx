// Panels of which one is shown, chosen by tabs that look like a segmented control.

import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';
import { cx } from './classes.ts';
import segmented from './Segmented.module.css';
import styles from './Tabs.module.css';

export interface TabItem<V extends string> {
  readonly id: V;
  readonly title: ReactNode;
  readonly content: ReactNode;
}
export interface TabsProps<V extends string> {
  readonly label: string;
  readonly items: readonly TabItem<V>[];
  /** Left out: the tabs keep their own choice. */
  readonly selected?: V;
  readonly onSelect?: (id: V) => void;
  readonly className?: string;
  /** Stands at the end of the tabs' row. */
  readonly aside?: ReactNode;
}

export function Tabs<V extends string>({ label, items, selected, onSelect, className, aside }: TabsProps<V>) {
  return (
    <AriaTabs className={cx(styles.tabs, className)} selectedKey={selected} onSelectionChange={(key) => onSelect?.(key as V)}>
      <div className={styles.row}>
        <TabList aria-label={label} className={segmented.group}>
          {items.map((item) => (
            <Tab key={item.id} id={item.id} className={segmented.item}>
              {item.title}
            </Tab>
          ))}
        </TabList>
        {aside}
      </div>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className={styles.panel}>
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
