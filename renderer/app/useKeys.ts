// Keys for the whole window. While one types, only what is meant for fields too.

import { useEffect } from 'react';
import { type Action, actions, isEnabled, matches, runAction, shortcutsOf } from '../actions/index.ts';
import { useSession } from '../state/index.ts';

const writable = 'input:not([type="range"]):not([type="checkbox"]), textarea, select, [contenteditable="true"]';
/** Things that have a meaning of their own for Enter, arrows and Space. */
const operated = 'button, a, input, [role="slider"], [role="separator"], [role="option"], [role="menuitem"], [role="tab"]';
const ownKeys = new Set(['Enter', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']);

/** The field with text that was typed but has not taken effect: undo there takes back letters, not steps. */
let unfinished: EventTarget | null = null;
function watchTyping(): () => void {
  const typed = (event: Event) => {
    unfinished = event.target;
  };
  const done = (event: Event) => {
    if (!(event instanceof KeyboardEvent) || event.key === 'Enter' || event.key === 'Escape') unfinished = null;
  };
  document.addEventListener('input', typed, true);
  document.addEventListener('focusout', done, true);
  document.addEventListener('keydown', done);
  return () => {
    document.removeEventListener('input', typed, true);
    document.removeEventListener('focusout', done, true);
    document.removeEventListener('keydown', done);
  };
}

function applies(action: Action, event: KeyboardEvent): boolean {
  const target = event.target as Element;
  if (!shortcutsOf(action).some((shortcut) => matches(event, shortcut)) || !isEnabled(action)) return false;
  if (target.matches(writable)) return action.inFields === true && target !== unfinished;
  // Tab goes on from control to control; only on the canvas, where a layer is selected, it may mean something else.
  if (event.key === 'Tab' && target !== document.body && (target.matches(operated) || !target.closest('.react-flow'))) return false;
  return !(ownKeys.has(event.key) && !event.ctrlKey && !event.altKey && target.matches(operated));
}

/** What lies over the page takes all keys but Escape. */
const isCovered = () => {
  const { overlay } = useSession.getState();
  return overlay !== null || document.querySelector('[role="dialog"][data-rac], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null;
};

/** Listens while the window lives. */
export function useKeys(): void {
  useEffect(() => {
    const stopWatching = watchTyping();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const action = actions.find((candidate) => applies(candidate, event));
      // Most keys are letters in a field: the page is searched for what covers it only where one would do something.
      if (!action || (event.key !== 'Escape' && isCovered())) return;
      event.preventDefault();
      runAction(action);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      stopWatching();
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
