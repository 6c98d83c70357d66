// A field and the list it filters, for choosing by keyboard or pointer: commands, things to add. Knows nothing of what it lists.

import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { cx } from './classes.ts';
import { KeyHint } from './KeyHint.tsx';
import styles from './SearchList.module.css';

export interface SearchItem {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** Other words to find it by. */
  readonly words?: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  readonly detail?: string;
}
export interface SearchListProps {
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly SearchItem[];
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
  readonly nothing?: string;
}

/** How well an item answers a query: 0 best; null not at all. */
function rank(item: SearchItem, query: string): number | null {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return 0;
  const title = item.title.toLowerCase();
  if (title.startsWith(wanted)) return 0;
  if (title.includes(` ${wanted}`)) return 1;
  if (title.includes(wanted)) return 2;
  const all = `${title} ${item.group.toLowerCase()} ${item.words?.toLowerCase() ?? ''}`;
  return wanted.split(/\s+/).every((word) => all.includes(word)) ? 3 : null;
}

function found(items: readonly SearchItem[], query: string): readonly SearchItem[] {
  const ranked = items.flatMap((item) => {
    const place = rank(item, query);
    return place === null ? [] : [{ item, place }];
  });
  if (query.trim() === '') return items;
  const best = new Map<string, number>();
  for (const { item, place } of ranked) best.set(item.group, Math.min(best.get(item.group) ?? 9, place));
  // Groups stay together; the one with the best answer comes first.
  const groupOrder = [...new Set(items.map((item) => item.group))].sort((a, b) => (best.get(a) ?? 9) - (best.get(b) ?? 9));
  return ranked.sort((a, b) => groupOrder.indexOf(a.item.group) - groupOrder.indexOf(b.item.group) || a.place - b.place).map(({ item }) => item);
}

export function SearchList({ label, placeholder, items, onChoose, onClose, nothing = 'Nothing found' }: SearchListProps) {
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => found(items, query), [items, query]);
  const active = shown[Math.min(at, shown.length - 1)];

  // biome-ignore lint/correctness/useExhaustiveDependencies: the element to scroll to follows from the active item
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((Math.min(at, shown.length - 1) + step + shown.length) % Math.max(1, shown.length));
    else if (event.key === 'Enter' && active) onChoose(active.id);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles.frame}>
      <div className={styles.field}>
        <Search aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the list was just opened to be searched
          autoFocus
          type="text"
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={active ? `${id}-${active.id}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={styles.list}>
        {shown.map((item, index) => (
          <Entry
            key={item.id}
            id={`${id}-${item.id}`}
            item={item}
            heads={shown[index - 1]?.group !== item.group}
            active={item === active}
            onPoint={() => setAt(index)}
            onChoose={() => onChoose(item.id)}
          />
        ))}
        {shown.length === 0 && <p className={styles.nothing}>{nothing}</p>}
      </div>
    </div>
  );
}

interface EntryProps {
  readonly id: string;
  readonly item: SearchItem;
  readonly heads: boolean;
  readonly active: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Entry({ id, item, heads, active, onPoint, onChoose }: EntryProps) {
  return (
    <>
      {heads && (
        <div className={styles.group} role="presentation">
          {item.group}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={active}
        className={cx(styles.item, active && styles.active)}
        onPointerMove={onPoint}
        onClick={onChoose}
      >
        <span className={styles.icon}>{item.icon}</span>
        <span className={styles.title}>{item.title}</span>
        {item.detail !== undefined && <span className={styles.detail}>{item.detail}</span>}
        {item.shortcut !== undefined && <KeyHint>{item.shortcut}</KeyHint>}
      </div>
    </>
  );
}
