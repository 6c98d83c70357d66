// A menu that opens from a button: things to do, with their shortcuts.

import type { ReactElement, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { cx } from './classes.ts';
import { KeyHint } from './KeyHint.tsx';
import styles from './Menu.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  readonly detail?: ReactNode;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  /** A line above it. */
  readonly divider?: boolean;
  readonly onAction: () => void;
}
export interface MenuProps {
  readonly label: string;
  /** A Button or IconButton of ours. */
  readonly trigger: ReactElement;
  readonly items: readonly MenuEntry[];
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
}

export function Menu({ label, trigger, items, placement = 'bottom start' }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover} placement={placement} offset={4}>
        <AriaMenu aria-label={label} className={styles.list} onAction={(key) => items.find((item) => item.id === key)?.onAction()}>
          {items.flatMap((item) => [
            ...(item.divider ? [<Separator key={`${item.id}-line`} className={styles.line} />] : []),
            <MenuItem key={item.id} id={item.id} textValue={item.label} isDisabled={item.disabled} className={cx(styles.item, item.danger && styles.danger)}>
              {item.icon}
              {item.label}
              {item.detail !== undefined && <span className={styles.detail}>{item.detail}</span>}
              {item.shortcut !== undefined && <KeyHint>{item.shortcut}</KeyHint>}
            </MenuItem>,
          ])}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
