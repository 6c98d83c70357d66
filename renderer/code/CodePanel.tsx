// The open network as code, beside the canvas: Keras, PyTorch, the project's JSON. A line and its layer point at each other.

import { Copy, X } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { textOf, type Source, type SourceLine } from '../../shared/code/source.ts';
import { attempt, type CodeLanguage, notify, select, setCodeLanguage, setPanel, setPointed, useSelection, useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import { cx } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import styles from './CodePanel.module.css';
import { tokensOf } from './highlight.ts';
import { useSource } from './useSource.ts';

const languages: readonly { readonly value: CodeLanguage; readonly label: string }[] = [
  { value: 'keras', label: 'Keras' },
  { value: 'pytorch', label: 'PyTorch' },
  { value: 'json', label: 'JSON' },
];

async function copy(source: Source): Promise<void> {
  await navigator.clipboard.writeText(textOf(source));
  notify({ tone: 'good', text: 'The code is on the clipboard' });
}

/** Above this many lines colours are left out: the text of a large network stays quick. */
const coloured = 3000;

function Line({
  line,
  isColoured,
  isSelected,
  isPointed,
}: {
  readonly line: SourceLine;
  readonly isColoured: boolean;
  readonly isSelected: boolean;
  readonly isPointed: boolean;
}) {
  return (
    <div className={cx(styles.line, isSelected && styles.selected, isPointed && styles.pointed)} data-node={line.nodes[0]}>
      {isColoured
        ? tokensOf(line.text).map((token, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line have no other name than their place
            <span key={place} className={styles[token.kind]}>
              {token.text}
            </span>
          ))
        : line.text}
      {'\n'}
    </div>
  );
}

const nodeAt = (target: EventTarget | null): string | null =>
  target instanceof Element ? (target.closest('[data-node]')?.getAttribute('data-node') ?? null) : null;

/** The pointer over a line points at its layer, a press selects it. */
function usePointing(text: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = text.current;
    if (!element) return;
    const onOver = (event: PointerEvent) => setPointed(nodeAt(event.target));
    const onLeave = () => setPointed(null);
    const onClick = (event: MouseEvent) => {
      const node = nodeAt(event.target);
      if (node && document.getSelection()?.isCollapsed !== false) select([node]);
    };
    element.addEventListener('pointerover', onOver);
    element.addEventListener('pointerleave', onLeave);
    element.addEventListener('click', onClick);
    return () => {
      element.removeEventListener('pointerover', onOver);
      element.removeEventListener('pointerleave', onLeave);
      element.removeEventListener('click', onClick);
      setPointed(null);
    };
  }, [text]);
}

/** Brings the first line of what was selected elsewhere into view. */
function useRevealed(text: RefObject<HTMLElement | null>, node: string | undefined): void {
  useEffect(() => {
    if (node === undefined || text.current?.matches(':hover')) return;
    text.current?.querySelector(`[data-node="${CSS.escape(node)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [text, node]);
}

function Text({ source }: { readonly source: Source }) {
  const text = useRef<HTMLElement>(null);
  const { nodes: selected } = useSelection();
  const pointed = useSession((state) => state.pointed);
  usePointing(text);
  useRevealed(text, selected[0]);
  const isAbout = (line: SourceLine, nodes: readonly string[]) => line.nodes.some((node) => nodes.includes(node));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section ref={text} className={styles.text} tabIndex={0} aria-label={t('Code of the network')}>
      {source.map((line, number) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          key={number}
          line={line}
          isColoured={source.length <= coloured}
          isSelected={isAbout(line, selected)}
          isPointed={pointed !== null && line.nodes.includes(pointed)}
        />
      ))}
    </section>
  );
}

export default function CodePanel() {
  const language = useSession((state) => state.codeLanguage);
  const source = useSource(language);
  return (
    <aside className={styles.panel} aria-label={t('Code')}>
      <header className={styles.head}>
        <Segmented label={t('Language')} value={language} options={languages} onChange={setCodeLanguage} />
        <span className={styles.grow} />
        <IconButton label={t('Copy the code')} icon={<Copy />} onPress={() => attempt(() => copy(source))} />
        <IconButton label={t('Close')} icon={<X />} onPress={() => setPanel('side', { open: false })} />
      </header>
      <Text source={source} />
    </aside>
  );
}
