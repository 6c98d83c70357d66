// For what lies over the page and must not be in the way: says when the pointer or the focus goes elsewhere. The press itself arrives there.

import { type RefObject, useEffect, useRef } from 'react';

/** Menus that open from inside stand elsewhere in the document; what opens and closes it (`data-trigger`) does so itself. */
const isElsewhere = (target: EventTarget | null, panel: HTMLElement | null): boolean =>
  target instanceof Element && panel !== null && !panel.contains(target) && target.closest('[role="menu"], [data-trigger]') === null;

/** @param onLeave called with the first press or focus outside of `panel` */
export function useOutside(panel: RefObject<HTMLElement | null>, onLeave: () => void): void {
  const latest = useRef(onLeave);
  latest.current = onLeave;
  useEffect(() => {
    const leave = ({ target }: Event) => isElsewhere(target, panel.current) && latest.current();
    document.addEventListener('pointerdown', leave, true);
    document.addEventListener('focusin', leave, true);
    return () => {
      document.removeEventListener('pointerdown', leave, true);
      document.removeEventListener('focusin', leave, true);
    };
  }, [panel]);
}
