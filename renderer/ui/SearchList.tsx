// A field and the list it filters, for choosing by keyboard or pointer: commands, things to add. Knows nothing of what it lists.

import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { t } from '../text/text.ts';
import { cx } from './classes.ts';
import { KeyHint } from './KeyHint.tsx';
import styles from './SearchList.module.css';
import { found, type SearchItem, splitQuery } from './searching.ts';

export type { SearchItem };

export interface SearchListProps {
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly SearchItem[];
  /** `rest`: words of the query that are left for what was chosen; always empty without `about`. */
  readonly onChoose: (id: string, rest: readonly string[]) => void;
  readonly onClose: () => void;
  readonly nothing?: string;
  /** Entries shown above the others while nothing is typed. */
  readonly first?: readonly SearchItem[];
  /** A line about the entry one is at, and what the words left over do to it. Given it, words after those that search are left over. */
  readonly about?: (id: string, rest: readonly string[]) => ReactNode;
}

export function SearchList({ label, placeholder, items, onChoose, onClose, nothing = t('Nothing found'), first = [], about }: SearchListProps) {
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  // Read before the field takes the focus.
  const [before] = useState(() => document.activeElement);
  const { search, rest } = useMemo(() => (about ? splitQuery(items, query) : { search: query, rest: [] }), [about, items, query]);
  const shown = useMemo(() => (query.trim() === '' ? [...first, ...items] : found(items, search)), [first, items, query, search]);
  const active = shown[Math.min(at, shown.length - 1)];

  // biome-ignore lint/correctness/useExhaustiveDependencies: the element to scroll to follows from the active item
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((Math.min(at, shown.length - 1) + step + shown.length) % Math.max(1, shown.length));
    else if (event.key === 'Enter' && active) onChoose(active.id, rest);
    else if (event.key === 'Escape') {
      onClose();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    } else return;
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
            onChoose={() => onChoose(item.id, rest)}
          />
        ))}
        {shown.length === 0 && <p className={styles.nothing}>{nothing}</p>}
      </div>
      {about && active && (
        <div className={styles.about} role="status">
          {about(active.id, rest)}
        </div>
      )}
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
        className={cx(styles.item, active && styles.active, item.faint && styles.faint)}
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
