// The button. One primary per group; labels are verbs that say the result.

import type { ReactNode, Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import styles from './Button.module.css';
import { cx } from './classes.ts';

export type ButtonKind = 'primary' | 'secondary' | 'ghost' | 'danger';
export interface ButtonProps {
  readonly children: ReactNode;
  readonly kind?: ButtonKind;
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  readonly onPress?: () => void;
  /** Where the words alone do not say enough to someone who cannot see the place. */
  readonly label?: string;
  readonly className?: string;
  readonly autoFocus?: boolean;
  readonly pressed?: boolean;
  /** `close` inside a Dialog or Popover closes it. */
  readonly slot?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with words, with or without an icon before them. */
export function Button({ children, kind = 'secondary', size = 'medium', icon, disabled, onPress, label, className, pressed, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      aria-label={label}
      aria-pressed={pressed}
      isDisabled={disabled}
      onPress={onPress}
      className={cx(styles.button, styles[kind], size !== 'medium' && styles[size], pressed && styles.on, className)}
    >
      {icon}
      {children}
    </AriaButton>
  );
}
