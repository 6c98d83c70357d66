// For what lies over the page without being a modal dialog: takes the focus when it opens, gives it back when it goes.

import { type RefObject, useEffect } from 'react';

/** @param first what is focused: an element inside `panel`; without one, the panel itself, which then needs a tabIndex */
export function useFocusInside(panel: RefObject<HTMLElement | null>, first: string): void {
  useEffect(() => {
    const before = document.activeElement;
    const inside = panel.current?.querySelector<HTMLElement>(first) ?? panel.current;
    inside?.focus({ preventScroll: true });
    return () => {
      const { activeElement } = document;
      const isLost = activeElement === null || activeElement === document.body || activeElement === inside;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [panel, first]);
}
