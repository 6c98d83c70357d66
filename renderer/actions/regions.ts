// From region to region of the window by keys: bars, panels, the canvas, the dock, whatever stands there now. Whoever comes back to a region
// finds the focus where they left it.

const focusable = ['a[href]', 'button:not([disabled])', 'input:not([disabled])', 'textarea', 'select', '[tabindex]:not([tabindex="-1"])'].join();
const left = new WeakMap<Element, HTMLElement>();

const isSeen = (element: HTMLElement): boolean => element.checkVisibility() && element.getClientRects().length > 0;

/** All that bear the mark and have something that takes the focus, in the order of the page. One inside another stands for itself. */
function regions(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => isSeen(region) && firstIn(region) !== undefined);
}

/** Whether an element belongs to this region and not to one inside it. */
const isOf = (region: Element, element: Element): boolean => element.closest('[data-region]') === region;

function firstIn(region: HTMLElement): HTMLElement | undefined {
  const all = [...region.querySelectorAll<HTMLElement>(focusable)].filter((element) => isOf(region, element) && isSeen(element));
  // What is chosen, else a layer rather than the tools above it, else whatever comes first.
  for (const wanted of ['[aria-current], [aria-selected="true"], .selected', '.react-flow__node']) {
    const found = all.find((element) => element.matches(wanted));
    if (found) return found;
  }
  return all[0];
}

/** Moves the focus into a part of the page that has just been asked for, as soon as it stands. @param selector of that part */
export function focusInto(selector: string): void {
  requestAnimationFrame(() => {
    const part = document.querySelector(selector);
    [...(part?.querySelectorAll<HTMLElement>(focusable) ?? [])].find(isSeen)?.focus();
  });
}

/** Moves the focus to the next region, or with -1 to the one before. */
export function focusRegion(step: 1 | -1): void {
  const all = regions();
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : document.body;
  const here = all.findIndex((region) => isOf(region, focused));
  if (here >= 0) left.set(all[here] as HTMLElement, focused);
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : (here + step + all.length) % all.length];
  if (!next) return;
  const before = left.get(next);
  const target = before?.isConnected && isSeen(before) ? before : firstIn(next);
  target?.focus();
}
