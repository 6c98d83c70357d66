// One stop of Tab for a whole list of buttons: arrows go from row to row, Right and Left to what else a row holds. A row is whatever carries
// `data-row`; its other buttons lie in the same list item. Works on the page, not on React's tree, so that rows may come from anywhere.

import { type KeyboardEvent, type RefObject, useEffect } from 'react';

const rowsIn = (list: Element): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[data-row]')];
const buttonsBeside = (row: Element): HTMLElement[] => [...(row.closest('li') ?? row).querySelectorAll<HTMLElement>('button')];
const rowOf = (element: Element): HTMLElement | null => element.closest('[data-row]') ?? element.closest('li')?.querySelector('[data-row]') ?? null;

/** Makes `stop` the one element of the list that Tab reaches; the first row where there is none. */
function stopAt(list: Element, stop: Element | null): void {
  const rows = rowsIn(list);
  const only = stop && list.contains(stop) ? stop : rows[0];
  for (const button of list.querySelectorAll('button')) {
    const index = button === only ? '0' : '-1';
    if (button.getAttribute('tabindex') !== index) button.setAttribute('tabindex', index);
  }
}

/** Where a key leads from an element, null where it means nothing here. */
function next(list: Element, from: Element, key: string): HTMLElement | undefined {
  const rows = rowsIn(list);
  const row = rowOf(from);
  const at = row ? rows.indexOf(row) : -1;
  const beside = row ? buttonsBeside(row) : [];
  const within = beside.indexOf(from as HTMLElement);
  switch (key) {
    case 'ArrowDown':
      return rows[at + 1];
    case 'ArrowUp':
      return rows[at - 1];
    case 'ArrowRight':
      return beside[within + 1];
    case 'ArrowLeft':
      return beside[within - 1];
    case 'Home':
      return rows[0];
    case 'End':
      return rows.at(-1);
    default:
      return;
  }
}

/** @param list the element around the rows @returns what it does with keys */
export function useRoving(list: RefObject<HTMLElement | null>): (event: KeyboardEvent) => void {
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const keep = () => stopAt(element, element.querySelector('[tabindex="0"]'));
    const onFocus = ({ target }: FocusEvent) => target instanceof HTMLButtonElement && stopAt(element, target);
    keep();
    // Rows come and go while one searches, closes a family, adds a block.
    const watch = new MutationObserver(keep);
    watch.observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ['tabindex'] });
    element.addEventListener('focusin', onFocus);
    return () => {
      watch.disconnect();
      element.removeEventListener('focusin', onFocus);
    };
  }, [list]);
  return (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || !(event.target instanceof HTMLButtonElement)) return;
    const to = list.current && next(list.current, event.target, event.key);
    if (!to) return;
    event.preventDefault();
    to.focus();
  };
}
