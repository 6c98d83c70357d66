// Which entries of a list answer a query, best first, and which words of the query are left for the chosen one. Pure.

import type { ReactNode } from 'react';

export interface SearchItem {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** Other words to find it by. */
  readonly words?: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  readonly detail?: string;
  /** Shown faintly and after everything else: it may be chosen, but does not make sense here. */
  readonly faint?: boolean;
  /** Most likely meant: first among those that answer equally well. */
  readonly likely?: boolean;
}

/** How well an item answers a query: 0 best; null not at all. */
function rank(item: SearchItem, wanted: string): number | null {
  if (wanted === '') return 0;
  const title = item.title.toLowerCase();
  if (title.startsWith(wanted)) return 0;
  if (title.includes(` ${wanted}`)) return 1;
  if (title.includes(wanted)) return 2;
  const all = `${title} ${item.group.toLowerCase()} ${item.words?.toLowerCase() ?? ''}`;
  return wanted.split(/\s+/).every((word) => all.includes(word)) ? 3 : null;
}

/** The items that answer a query. Groups stay together; the one with the best answer comes first, faint ones come last. */
export function found(items: readonly SearchItem[], query: string): readonly SearchItem[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return items;
  const ranked = items.flatMap((item) => {
    const place = rank(item, wanted);
    return place === null ? [] : [{ item, place: place + (item.faint ? 10 : item.likely ? -0.5 : 0) }];
  });
  const best = new Map<string, number>();
  for (const { item, place } of ranked) best.set(item.group, Math.min(best.get(item.group) ?? 99, place));
  const groupOrder = [...new Set(items.map((item) => item.group))].sort((a, b) => (best.get(a) ?? 99) - (best.get(b) ?? 99));
  return ranked.sort((a, b) => groupOrder.indexOf(a.item.group) - groupOrder.indexOf(b.item.group) || a.place - b.place).map(({ item }) => item);
}

/** The words that search, and those after them that say something about what was found: `conv 6 5 tanh` searches for `conv`. */
export function splitQuery(items: readonly SearchItem[], query: string): { readonly search: string; readonly rest: readonly string[] } {
  const words = query.trim().split(/\s+/);
  const firstValue = words.findIndex((word, index) => index > 0 && /^[-.\d]|=/.test(word));
  for (let count = firstValue < 0 ? words.length : firstValue; count > 0; count--) {
    const search = words.slice(0, count).join(' ');
    if (found(items, search).length > 0) return { search, rest: words.slice(count) };
  }
  return { search: query, rest: [] };
}
