// The tokens' present values, for what is drawn on a canvas. Styles themselves use the variables directly.

import { useSyncExternalStore } from 'react';

/** The value of a token in the theme shown now: `token('--text-3')`. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** The theme's name; whoever draws with `token` depends on it. */
export function useShownTheme(): string {
  return useSyncExternalStore(subscribe, () => document.documentElement.dataset['theme'] ?? 'light');
}

/** The hue of the n-th series, from 0: blue, orange, green first. */
export const seriesColour = (index: number): string => `--series-${(index % 6) + 1}`;
