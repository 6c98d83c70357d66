// A button with only an icon. Its label is its name for everyone: read out, and shown as a tooltip with the shortcut.

import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import styles from './Button.module.css';
import type { ButtonKind } from './Button.tsx';
import { cx } from './classes.ts';
import { Tooltip } from './Tooltip.tsx';

export interface IconButtonProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly shortcut?: string;
  readonly kind?: ButtonKind;
  readonly size?: 'small' | 'medium' | 'large';
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly onPress?: () => void;
  readonly className?: string;
  readonly slot?: string;
}

/** `icon` is a lucide element or one of our own. */
export function IconButton({ label, icon, shortcut, kind = 'ghost', size = 'medium', disabled, pressed, onPress, className, slot }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <AriaButton
        slot={slot}
        aria-label={label}
        aria-pressed={pressed}
        isDisabled={disabled}
        onPress={onPress}
        className={cx(styles.button, styles.icon, styles[kind], size !== 'medium' && styles[size], pressed && styles.on, className)}
      >
        {icon}
      </AriaButton>
    </Tooltip>
  );
}
