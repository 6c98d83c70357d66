// A word or two about the thing under the pointer or focus. Never the only place where something needed stands.

import type { ReactElement, ReactNode } from 'react';
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from 'react-aria-components';
import styles from './Tooltip.module.css';

export interface TooltipProps {
  readonly text: ReactNode;
  readonly shortcut?: string;
  readonly placement?: 'top' | 'bottom' | 'left' | 'right';
  /** A React Aria button, or with `plain` any element that can take focus. */
  readonly children: ReactElement;
  readonly plain?: boolean;
}

export function Tooltip({ text, shortcut, placement = 'bottom', children, plain = false }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {plain ? <Focusable>{children as ReactElement<never, string>}</Focusable> : children}
      <AriaTooltip placement={placement} offset={6} className={styles.tip}>
        {text}
        {shortcut !== undefined && <span className={styles.second}>{shortcut}</span>}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
